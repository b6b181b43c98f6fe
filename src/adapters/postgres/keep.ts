import type { Command, KeptStatement, Session } from '../../ports/session.ts';
import { quoteIdentifier } from '../../sql/quote.ts';

/** The statements that a session has prepared on its server. */
export interface Keep {
  /** The command as it is sent. */
  toSent(command: Command): Command;
  add(batch: Session['batch'], statements: readonly KeptStatement[]): Promise<void>;
}

export function createKeep(): Keep {
  const known = new Set<string>();
  return {
    toSent: (command) => {
      if (command.kept === undefined || !known.has(command.kept.name)) return command;
      const { name, values } = command.kept;
      const list = values.length === 0 ? '' : `(${values.join(', ')})`;
      return { ...command, text: `EXECUTE ${quoteIdentifier(name)}${list}` };
    },
    add: async (batch, statements) => {
      const names = statements.map(({ name }) => name);
      const former = names.filter((name) => known.delete(name));
      await batch(former.map((name) => ({ text: `DEALLOCATE ${quoteIdentifier(name)}`, tolerate: true })));
      const answers = await batch(
        statements.map(({ name, text }) => ({ text: `PREPARE ${quoteIdentifier(name)} AS ${text}`, tolerate: true })),
      );
      for (const [index, name] of names.entries()) if (answers[index]?.status === 'done') known.add(name);
    },
  };
}
