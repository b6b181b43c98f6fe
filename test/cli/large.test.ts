import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENGINES, runCli, withProject, type Project } from '../support/project.ts';

const MIB = 1024 * 1024;
/** Most memory a command may hold, in kilobytes. */
const LIMIT = 300 * 1024;
const PRELOAD = join(import.meta.dirname, '../support/report-peak.cjs');

async function migrateMeasured(project: Project): Promise<number> {
  const peak = join(project.root, 'peak');
  const { code, err } = await runCli(project.root, ['migrate'], {
    // Node lets the heap grow as the machine has room; what a command needs shows in a small one.
    NODE_OPTIONS: `--require ${PRELOAD} --max-old-space-size=128 --max-semi-space-size=16`,
    PEAK_FILE: peak,
  });
  expect({ code, err }).toMatchObject({ code: 0 });
  return Number(readFileSync(peak, 'utf8'));
}

/** INSERTs of rows of the same length, until the file has `bytes`. */
function inserts(bytes: number, width: number): { readonly text: string; readonly count: number } {
  const rows: string[] = ['CREATE TABLE filled (id integer, body text);'];
  const body = 'x'.repeat(width);
  for (let size = 0, id = 1; size < bytes; id++) {
    const row = `INSERT INTO filled VALUES (${String(id)}, '${body}');`;
    rows.push(row);
    size += row.length + 1;
  }
  return { text: rows.join('\n'), count: rows.length - 1 };
}

describe.each(ENGINES)('large files on %s', (engine) => {
  it.each([
    ['a file of 50 MB', 50 * MIB, 450],
    ['a file of 100,000 statements', 100_000 * 40, 1],
  ])('%s runs in bounded memory, every statement once', async (_, bytes, width) => {
    await withProject(engine, async (project) => {
      const { text, count } = inserts(bytes, width);
      project.migration('001_fill', text, 'DROP TABLE filled;\n');
      expect(await migrateMeasured(project)).toBeLessThan(LIMIT);
      expect(await project.query('SELECT count(*) AS rows, count(DISTINCT id) AS ids FROM filled')).toEqual([
        { rows: count, ids: count },
      ]);
      expect((await project.run('rollback', '--yes')).code).toBe(0);
    });
  });
});
