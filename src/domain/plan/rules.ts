import type { ErrorCode } from '../../model/error-catalogue.ts';
import type { Check } from '../../model/directives.ts';
import type { Script, VerifyScript } from '../../model/migration.ts';
import type { Problem } from '../../model/problem.ts';
import type { Position } from '../../model/statement.ts';
import type { Capabilities } from '../../ports/dialect.ts';
import type { RunFacts } from '../../sql/index.ts';

const SETS_FOREIGN_KEYS = /^\s*PRAGMA\s+(?:\w+\.)?foreign_keys\s*[=(]/iu;

/** What makes a script impossible to run as it is declared. */
export function scriptProblems(
  script: Script,
  facts: readonly RunFacts[],
  capabilities: Capabilities,
): readonly Problem[] {
  const problems: Problem[] = [];
  const file = script.source.shown;
  const each = script.directives.transaction === 'each';
  for (const [index, fact] of facts.entries()) {
    const start = script.statements[index]?.start ?? null;
    if (fact.transactionControl !== null) {
      problems.push(
        at(
          'transaction-statement',
          file,
          start,
          each
            ? `${fact.transactionControl} in a transactional file: surefoot opens and commits the transaction itself, and this would break it apart`
            : `${fact.transactionControl} in a file outside a transaction: surefoot commits each statement together with its progress`,
          each ? 'Remove it; the file runs in one transaction.' : 'Remove it, or make the file transactional.',
        ),
      );
    } else if (each && SETS_FOREIGN_KEYS.test(script.statements[index]?.text ?? '')) {
      problems.push(
        at(
          'foreign-keys-pragma',
          file,
          start,
          'PRAGMA foreign_keys does nothing inside a transaction: foreign keys would stay as they are',
          'Remove it and put -- @foreign-keys off at the head of the file: surefoot then turns them off ahead of the transaction, and checks every foreign key before it commits.',
        ),
      );
    } else if (each && !fact.transactional) {
      problems.push(
        at(
          'not-transactional',
          file,
          start,
          `${fact.kind} can not run inside a transaction`,
          'Put -- @transaction none at the head of the file; a file of its own is best.',
        ),
      );
    } else if (!each && fact.setLocal) {
      problems.push(
        at(
          'set-local-outside',
          file,
          start,
          `${fact.kind} has no effect outside a transaction`,
          'Use SET without LOCAL; surefoot resets it after the step.',
        ),
      );
    }
  }
  if (!script.directives.foreignKeys && (!capabilities.foreignKeySwitch || !each)) {
    problems.push(
      at(
        capabilities.foreignKeySwitch ? 'directive-invalid' : 'engine-unsupported',
        file,
        null,
        capabilities.foreignKeySwitch
          ? '@foreign-keys off is for a file in one transaction, and this one is outside'
          : `@foreign-keys is not possible on ${capabilities.engine}`,
        capabilities.foreignKeySwitch ? 'Remove @transaction none.' : 'Remove the directive.',
      ),
    );
  }
  if (script.directives.statementTimeoutMs !== null && !capabilities.statementTimeout) {
    problems.push(
      at(
        'engine-unsupported',
        file,
        null,
        `@statement-timeout is not possible on ${capabilities.engine}`,
        'Remove the directive.',
      ),
    );
  }
  return problems;
}

/** Checks that ask for what the engine does not have. */
export function verifyProblems(script: VerifyScript, capabilities: Capabilities): readonly Problem[] {
  return script.checks.flatMap((check) => checkProblems(check, script.source.shown, capabilities));
}

function checkProblems(check: Check, file: string, capabilities: Capabilities): Problem[] {
  const refused: string[] = [];
  if (check.role !== null && !capabilities.roles) refused.push('@as');
  if (check.settings.length > 0 && !capabilities.settings) refused.push('@set');
  return refused.map((directive) =>
    at(
      'engine-unsupported',
      file,
      check.position,
      `${directive} is not possible on ${capabilities.engine}`,
      'Remove the directive, or test it on an engine that has it.',
    ),
  );
}

function at(code: ErrorCode, file: string, position: Position | null, message: string, hint: string): Problem {
  return { code, file, line: position?.line ?? null, column: position?.column ?? null, message, hint };
}
