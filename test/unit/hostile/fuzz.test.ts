import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/schema.ts';
import { checkChain, foldRuns } from '../../../src/domain/journal/index.ts';
import { discover } from '../../../src/domain/migrations/index.ts';
import { parseStem } from '../../../src/domain/migrations/version.ts';
import { isSurefootError } from '../../../src/model/errors.ts';
import { ERROR_CATALOGUE } from '../../../src/model/error-catalogue.ts';
import { GENESIS_HASH, type JournalEntry, type StoredEntry } from '../../../src/model/journal-entry.ts';
import { hashEntry } from '../../../src/domain/journal/index.ts';
import { createFiles } from '../../../src/adapters/node/files.ts';
import { parseChecks, parseScriptDirectives, splitStatements } from '../../../src/sql/index.ts';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalEntry } from '../../support/journal-entry.ts';

const RUNS = { numRuns: 400 } as const;
const ENGINES = ['postgres', 'sqlite'] as const;

/** Text of the kind that breaks readers: directives, quotes, comments, controls, halves of pairs. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '-- @',
        '--@',
        '-- @check ',
        '-- @expect ',
        '-- @when ',
        '-- @setup',
        '-- @until ',
        '-- @as ',
        '\n',
      ),
      fc.constantFrom(
        'rows = ',
        'value = ',
        'result = ',
        'error ',
        'median < ',
        'plan uses index ',
        'every x = ',
        '{',
        ']',
      ),
      fc.constantFrom('$$', '$a$', "'", '"', "E'", '/*', '*/', ';', '\\', '\0', '\uFEFF', '\uD83D', '\r', '\u2028'),
      fc.constantFrom(
        'BEGIN ATOMIC',
        'END',
        'CASE',
        'COPY t FROM STDIN',
        'CREATE FUNCTION',
        'CREATE TRIGGER x',
        '\\.\n',
      ),
      fc.constantFrom('999999999999999999999', '1e999', '-0', '٣', 'ms', '%', ' of before'),
      fc.string({ unit: 'binary', maxLength: 12 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

/** Anything a configuration file may export. */
const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true });

const inCatalogue = (code: string): boolean => Object.hasOwn(ERROR_CATALOGUE, code);

/** The work ends with a value or with an error that has a code. */
function endsWell(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!isSurefootError(error) || error.code === 'internal') throw error;
  }
}

describe('whatever is written in a file', () => {
  it.each(ENGINES)('the readers of %s scripts answer, with problems that have a code and a place', (engine) => {
    fc.assert(
      fc.property(hostile, (text) => {
        const problems = [
          ...parseScriptDirectives(text, 'f.sql', engine).problems,
          ...parseChecks(engine, text, 'f.sql').problems,
          ...splitStatements(engine, text, 'f.sql').problems,
        ];
        const lines = text.split('\n').length;
        for (const problem of problems) {
          expect(inCatalogue(problem.code)).toBe(true);
          expect(problem.line ?? 1).toBeGreaterThan(0);
          expect(problem.line ?? 1).toBeLessThanOrEqual(lines);
        }
      }),
      RUNS,
    );
  });

  it.each(ENGINES)('every statement of %s is there once, in order, and nothing else is', (engine) => {
    fc.assert(
      fc.property(hostile, (text) => {
        let from = 0;
        for (const { text: statement, start } of splitStatements(engine, text, 'f.sql').statements) {
          expect(start.offset).toBeGreaterThanOrEqual(from);
          expect(text.slice(start.offset, start.offset + statement.length)).toBe(statement);
          from = start.offset + statement.length;
        }
      }),
      RUNS,
    );
  });

  it('a configuration is accepted or refused with every problem named', () => {
    const likely = fc.record(
      {
        databases: fc.oneof(
          anything,
          fc.dictionary(fc.string(), fc.oneof(anything, fc.record({ url: fc.string(), migrations: fc.string() }))),
        ),
        environments: fc.oneof(anything, fc.dictionary(fc.string(), anything)),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(anything, likely), (value) => {
        endsWell(() => parseConfig(value, 'surefoot.config.ts'));
      }),
      RUNS,
    );
  });

  it('a file name is a version or none, and a version keeps its text', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .tuple(fc.stringMatching(/^[0-9_]{0,40}$/u), fc.string({ unit: 'binary', maxLength: 20 }))
        .map(([a, b]) => `${a}_${b}`),
    );
    fc.assert(
      fc.property(name, (stem) => {
        const parsed = parseStem(stem);
        if (parsed === null) return;
        expect(stem.startsWith(parsed.version.text)).toBe(true);
        expect(parsed.version.order).toBe(BigInt(parsed.version.text.replaceAll('_', '')));
      }),
      RUNS,
    );
  });
});

describe('whatever stands in the journal', () => {
  const entry = (notes: readonly string[], runId: string): JournalEntry =>
    journalEntry({ runId, event: 'step', outcome: 'succeeded', direction: null, notes });
  const chain = (all: readonly JournalEntry[]): readonly StoredEntry[] => {
    let previous = GENESIS_HASH;
    return all.map((each, index): StoredEntry => {
      const text = JSON.stringify(each);
      previous = hashEntry(previous, text);
      return {
        seq: index + 1,
        hash: previous,
        text,
        entry: each,
        columns: {
          runId: each.runId,
          at: each.at,
          event: each.event,
          version: null,
          direction: null,
          outcome: each.outcome,
        },
      };
    });
  };

  it('any chain of entries holds, and the first changed, removed or swapped one is named', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(fc.string({ unit: 'binary' })), fc.uuid()), { minLength: 2, maxLength: 12 }),
        fc.nat(),
        fc.string({ unit: 'binary', minLength: 1 }),
        (entries, at, change) => {
          const stored = chain(entries.map(([notes, runId]) => entry(notes, runId)));
          const head = stored.at(-1);
          if (head === undefined) return;
          const heads = { seq: head.seq, hash: head.hash };
          expect(checkChain(stored, heads)).toMatchObject({ intact: true });
          expect(foldRuns(stored).flatMap((run) => run.entries)).toHaveLength(stored.length);
          const index = at % stored.length;
          const edited = stored.map((each, place) => (place === index ? { ...each, text: each.text + change } : each));
          expect(checkChain(edited, heads)).toMatchObject({ intact: false, seq: index + 1 });
          expect(checkChain(stored.toSpliced(index, 1), heads)).toMatchObject({ intact: false });
        },
      ),
      RUNS,
    );
  });
});

describe('whatever lies in the folders', () => {
  it('bytes of any kind are read or reported, never thrown', () => {
    const root = mkdtempSync(join(tmpdir(), 'surefoot-hostile-'));
    const folders = {
      root,
      migrations: join(root, 'migrations'),
      rollbacks: join(root, 'rollbacks'),
      verify: join(root, 'verify'),
      above: [],
    };
    for (const folder of [folders.migrations, folders.rollbacks, folders.verify]) mkdirSync(folder);
    try {
      const files = createFiles();
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
          writeFileSync(join(folders.migrations, '001_a b.sql'), bytes);
          const { set, problems } = discover(files, folders);
          expect(set.migrations.length + problems.length).toBeGreaterThan(0);
          for (const problem of problems) expect(inCatalogue(problem.code)).toBe(true);
        }),
        { numRuns: 200 },
      );
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
