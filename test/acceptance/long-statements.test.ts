import { describe, expect, it } from 'vitest';
import { migrate, type ProgressEvent } from '../../src/index.ts';
import { ENGINES, withProject } from '../support/project.ts';

type Counted = Extract<ProgressEvent, { type: 'progress' }>;

/** Far longer than the second that nobody looks at, whatever the machine: each row sleeps. */
const SLOW_INDEX =
  'CREATE FUNCTION slow(id integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM pg_sleep(0.002); RETURN id; END $$;\n' +
  "CREATE TABLE readings AS SELECT n AS id, repeat('x', 400) AS filler FROM generate_series(1, 1500) AS n;\n";

describe('a long statement on postgres', () => {
  it.each(['each', 'none'])('tells how far it is (@transaction %s)', async (transaction) => {
    await withProject('postgres', async (project) => {
      project.migration('001_readings', SLOW_INDEX, 'DROP TABLE readings;\nDROP FUNCTION slow;\n');
      const index = transaction === 'each' ? 'INDEX' : 'INDEX CONCURRENTLY';
      project.migration(
        '002_index',
        `-- @transaction ${transaction}\nCREATE ${index} readings_slow ON readings (slow(id));\n`,
        'DROP INDEX readings_slow;\n',
      );
      const events: ProgressEvent[] = [];
      await migrate(project.config, { ...project.options, onEvent: (event) => events.push(event) });
      const counted = events.filter((event): event is Counted => event.type === 'progress');
      expect(new Set(counted.map(({ name }) => name))).toEqual(new Set(['002_index']));
      const scanned = counted.filter(
        ({ what }) => what === `CREATE ${index} on readings: building index: scanning table`,
      );
      expect(scanned.length).toBeGreaterThan(1);
      for (const { done, total, unit } of scanned) {
        expect([total === null ? null : total > 50, unit]).toEqual([true, 'blocks']);
        expect(done).toBeLessThanOrEqual(total ?? 0);
      }
      expect(scanned.map(({ done }) => done)).toEqual(scanned.map(({ done }) => done).toSorted((a, b) => a - b));
      expect(scanned.at(-1)?.done).toBeGreaterThan(scanned[0]?.done ?? 0);
    });
  });
});

describe.each(ENGINES)('a short statement on %s', (engine) => {
  it('tells nothing, and nobody looks', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_t', 'CREATE TABLE t (id integer);\n', 'DROP TABLE t;\n');
      const events: ProgressEvent[] = [];
      await migrate(project.config, { ...project.options, onEvent: (event) => events.push(event) });
      expect(events.filter(({ type }) => type === 'progress')).toEqual([]);
    });
  });
});
