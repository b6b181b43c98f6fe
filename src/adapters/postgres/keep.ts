import type { Command, KeptStatement, Session } from '../../ports/session.ts';
import { quoteIdentifier } from '../../sql/quote.ts';

/** The statements that a session has prepared on its server. */
export interface Keep {
  /** The command as it is sent. */
  toSent(command: Command): Command;
  add(batch: Session['batch'], statements: readonly KeptStatement[]): Promise<void>;
}

export function createKeep(): Keep {
  const known = new Map<string, string>();
  return {
    toSent: (command) => {
      if (command.kept === undefined) return command;
      const { name, values } = command.kept;
      const text = known.get(name);
      // Without values the texts tell: the fence of another lock has the same name.
      if (text === undefined || (values.length === 0 && text !== command.text)) return command;
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
      for (const [index, { name, text }] of statements.entries())
        if (answers[index]?.status === 'done') known.set(name, text);
    },
  };
}
