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

  it('tells of VACUUM, ANALYZE, CLUSTER, VACUUM FULL and COPY, each with its phases', async () => {
    await withProject('postgres', async (project) => {
      project.migration(
        '001_readings',
        `${SLOW_INDEX}CREATE INDEX readings_slow ON readings (slow(id));\nCREATE TABLE copied (id integer);\n` +
          'CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.002); RETURN NEW; END $$;\n' +
          'CREATE TRIGGER copied_wait BEFORE INSERT ON copied FOR EACH ROW EXECUTE FUNCTION wait();\n',
        'DROP TABLE copied, readings;\nDROP FUNCTION slow, wait;\n',
      );
      await migrate(project.config, project.options);
      const rows = Array.from({ length: 1500 }, (_, index) => `${String(index)}\n`).join('');
      project.migration('002_copy', `COPY copied FROM STDIN;\n${rows}\\.\n`, 'TRUNCATE copied;\n');
      // What a VACUUM costs makes it sleep after every page; the others call the slow function for every row.
      project.migration(
        '003_tidy',
        "-- @transaction none\nSET vacuum_cost_limit = 1;\nSET vacuum_cost_delay = '30ms';\nVACUUM readings;\n" +
          'RESET vacuum_cost_limit;\nRESET vacuum_cost_delay;\nANALYZE readings;\nCLUSTER readings USING readings_slow;\nVACUUM FULL readings;\n',
        '-- @transaction none\nANALYZE readings;\n',
      );
      const events: ProgressEvent[] = [];
      await migrate(project.config, { ...project.options, onEvent: (event) => events.push(event) });
      const counted = events.filter((event): event is Counted => event.type === 'progress');
      const seen = (start: string): readonly Counted[] =>
        counted.filter(({ what }) => what?.startsWith(start) === true);
      for (const [start, unit] of [
        ['COPY FROM on copied', /^rows$/u],
        ['VACUUM on readings: scanning heap', /^blocks$/u],
        ['ANALYZE on readings: computing statistics', /^blocks$/u],
        ['CLUSTER on readings: ', /^(?:rows|blocks)$/u],
        ['VACUUM FULL on readings: ', /^(?:rows|blocks)$/u],
      ] as const) {
        expect([start, seen(start).length > 0]).toEqual([start, true]);
        for (const each of seen(start)) expect(each.unit).toMatch(unit);
      }
      const vacuumed = seen('VACUUM on readings: scanning heap').map(({ done }) => done);
      expect(vacuumed.at(-1)).toBeGreaterThan(vacuumed[0] ?? 0);
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
