import { describe, expect, it } from 'vitest';
import { log } from '../../src/index.ts';
import { LARGE } from '../support/fault-scene.ts';
import { startCli } from '../support/kill-cli.ts';
import { ENGINES, withProject } from '../support/project.ts';

const RUNNERS = LARGE ? 100 : 50;

describe.each(ENGINES)('a crowd of runners on %s', (engine) => {
  it(
    'started at one instant applies every migration once; all of them end, with 0 or 4',
    { timeout: 600_000 },
    async () => {
      await withProject(engine, async (project) => {
        project.migration(
          '001_ran',
          "CREATE TABLE ran (mark text NOT NULL);\nINSERT INTO ran VALUES ('001');",
          'DROP TABLE ran;',
          '-- @check once\n-- @expect rows = 1\nSELECT mark FROM ran;',
        );
        for (const version of ['002', '003', '004', '005'])
          project.migration(
            `${version}_more`,
            `CREATE TABLE t${version} (id integer);\nINSERT INTO ran VALUES ('${version}');`,
            `DROP TABLE t${version};`,
          );
        const index = engine === 'postgres' ? 'CREATE INDEX CONCURRENTLY' : 'CREATE INDEX';
        project.migration(
          '006_index',
          `-- @transaction none\n${index} ran_mark ON ran (mark);\nINSERT INTO ran VALUES ('006');`,
          '-- @transaction none\nDROP INDEX ran_mark;',
        );
        const runners = Array.from({ length: RUNNERS }, () =>
          startCli(project.root, ['migrate', '--lock-wait', '300s']),
        );
        const ends = await Promise.all(runners.map(async ({ ended, err }) => ({ code: await ended, err: err() })));
        expect(ends.filter(({ code }) => code !== 0 && code !== 4)).toEqual([]);
        expect((await project.query('SELECT mark FROM ran ORDER BY mark')).map((row) => row['mark'])).toEqual([
          '001',
          '002',
          '003',
          '004',
          '005',
          '006',
        ]);
        const told = (await log(project.config, { ...project.options, check: true })).databases[0];
        expect(told?.chain).toMatchObject({ intact: true });
        expect(told?.runs.flatMap((run) => run.versions)).toEqual(['001', '002', '003', '004', '005', '006']);
      });
    },
  );
});
