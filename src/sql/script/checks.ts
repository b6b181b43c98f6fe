import type { Check } from '../../model/directives.ts';
import type { Engine } from '../../model/engine.ts';
import type { Problem } from '../../model/problem.ts';
import type { Position, Statement } from '../../model/statement.ts';
import { makeCheck } from './check-block.ts';
import {
  CHECK_DIRECTIVES,
  readDirective,
  reporter,
  reportUnknown,
  SCRIPT_DIRECTIVES,
  type DirectiveLine,
  type Report,
} from './directive-line.ts';
import { PositionCursor } from '../position.ts';
import { problemsOf, splitSpans } from '../split.ts';

export interface ParsedChecks {
  readonly checks: readonly Check[];
  readonly problems: readonly Problem[];
}

/**
 * The checks of a verify script, in order. The problems are those of the directives and blocks and those of splitting;
 * a block with a problem gives no check.
 */
export function parseChecks(engine: Engine, text: string, file: string): ParsedChecks {
  const { spans, faults } = splitSpans(engine, text);
  const problems: Problem[] = [];
  const cursor = new PositionCursor(text);
  const blocks = new BlockReader(engine, reporter(file, problems));
  for (const [index, span] of spans.entries()) {
    if (span.kind === 'comment') {
      const line = readDirective(text, span.start, span.end, cursor);
      if (line !== null) blocks.directive(line);
    } else if (span.kind === 'statement') {
      const next = spans[index + 1];
      blocks.statement({
        text: text.slice(span.start, span.end),
        file,
        start: cursor.at(span.start),
        copyData: next?.kind === 'copy-data' ? text.slice(next.start, next.end) : null,
      });
    }
  }
  const checks = blocks.close();
  problems.push(...problemsOf(text, file, faults));
  return {
    checks,
    problems: problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)),
  };
}

/** Gathers directives and statements into blocks: [@setup statements..] then @check directives and ONE statement. */
class BlockReader {
  readonly #engine: Engine;
  readonly #report: Report;
  readonly #checks: Check[] = [];
  #setupAt: Position | null = null;
  #setup: Statement[] = [];
  /** Directives since the last statement, `@setup` not among them. */
  #lines: DirectiveLine[] = [];
  #afterCheck = false;

  constructor(engine: Engine, report: Report) {
    this.#engine = engine;
    this.#report = report;
  }

  directive(line: DirectiveLine): void {
    if (!(CHECK_DIRECTIVES as readonly string[]).includes(line.name)) {
      reportUnknown(this.#report, line, CHECK_DIRECTIVES, {
        names: SCRIPT_DIRECTIVES,
        where: 'a migration or rollback',
      });
    } else if (line.name === 'setup') {
      this.#openSetup(line);
    } else {
      if (line.name === 'check') this.#dropUnfinished();
      this.#lines.push(line);
    }
  }

  statement(statement: Statement): void {
    const { start } = statement;
    const lines = this.#lines;
    this.#lines = [];
    if (lines.some((line) => line.name === 'check')) {
      const check = makeCheck(this.#engine, lines, this.#setup, statement, this.#report);
      if (check !== null) this.#add(check);
      this.#setupAt = null;
      this.#setup = [];
      this.#afterCheck = true;
      return;
    }
    for (const line of lines)
      this.#invalid(line.position, `@${line.name} belongs to no check`, 'Place it below a `-- @check <name>` line.');
    if (this.#setupAt !== null) {
      this.#setup.push(statement);
    } else if (this.#afterCheck) {
      this.#invalid(
        start,
        'a check has one statement, and this is another one',
        'Put `-- @check <name>` and `-- @expect …` above it, or `-- @setup` when it prepares the next check.',
      );
    } else if (lines.length === 0) {
      this.#invalid(
        start,
        'the statement has neither @check nor @setup above it',
        'Put `-- @check <name>` and `-- @expect …` directly above it.',
      );
    }
  }

  close(): readonly Check[] {
    this.#dropUnfinished();
    for (const line of this.#lines)
      this.#invalid(
        line.position,
        `@${line.name} has no statement below it`,
        'Write the statement, or remove the line.',
      );
    if (this.#setupAt !== null) this.#setupWithoutCheck(this.#setupAt);
    this.#judgePairs();
    return this.#checks;
  }

  #openSetup(line: DirectiveLine): void {
    this.#dropUnfinished();
    if (line.value !== '')
      this.#report('directive-invalid', line.position, '@setup takes no value', 'Write a comment line of its own.');
    if (this.#setupAt !== null) this.#setupWithoutCheck(this.#setupAt);
    this.#setupAt = line.position;
    this.#setup = [];
  }

  /** A `@check` without a statement before the next block. */
  #dropUnfinished(): void {
    const check = this.#lines.find((line) => line.name === 'check');
    if (check === undefined) return;
    this.#invalid(
      check.position,
      `the check '${check.value}' has no statement`,
      'Write its statement directly below its directives.',
    );
    this.#lines = [];
  }

  #setupWithoutCheck(at: Position): void {
    this.#invalid(at, '@setup is not followed by a check', 'Write the check below it, or remove the set-up.');
  }

  #add(check: Check): void {
    const others = this.#checks.filter(({ name }) => name === check.name);
    const pair = [...others, check];
    const isPair =
      pair.length === 2 &&
      pair.filter(({ when }) => when === 'before').length === 1 &&
      pair.some(({ expectation }) => expectation.kind === 'within');
    if (others.length === 0 || isPair) this.#checks.push(check);
    else this.#invalid(check.position, `the name '${check.name}' is used twice`, 'Give the check another name.');
  }

  /** `within … of before` is meaningless without its measurement `@when before`. */
  #judgePairs(): void {
    for (const { name, expectation, when, position } of this.#checks) {
      if (expectation.kind !== 'within') continue;
      const measured = this.#checks.some(
        (other) => other.name === name && other.when === 'before' && other.expectation.kind !== 'within',
      );
      if (when === 'before')
        this.#invalid(
          position,
          'a check `@when before` can not be compared with itself',
          'Give it another expectation, such as `rows >= 0`.',
        );
      else if (!measured)
        this.#invalid(
          position,
          `'within … of before' needs a check '${name}' with \`@when before\``,
          'Write the same query in a block of the same name with `-- @when before`.',
        );
    }
  }

  #invalid(at: Position, message: string, hint: string): void {
    this.#report('check-invalid', at, message, hint);
  }
}
