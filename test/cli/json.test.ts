import { describe, expect, it } from 'vitest';
import { SCHEMAS } from '../../scripts/schemas.mjs';
import { ENGINES, runCli, usersAndAddresses, withProject } from '../support/project.ts';

/** The document a command printed, held against the schema published for it. */
function held(name: string, out: string): unknown {
  const schema = SCHEMAS[name];
  if (schema === undefined) throw new Error(`no schema for ${name}`);
  const result = schema.safeParse(JSON.parse(out));
  expect(result.success ? [] : result.error.issues).toEqual([]);
  return result.data;
}

describe.each(ENGINES)('--json on %s', (engine) => {
  it('prints what the published schemas say, for every command', async () => {
    await withProject(
      engine,
      async (project) => {
        usersAndAddresses(project);
        const json = async (...args: readonly string[]): Promise<string> => (await project.run(...args, '--json')).out;
        held('status', await json('status'));
        held('plan', await json('plan'));
        held('preflight', await json('preflight'));
        held('migrate', await json('migrate', '--dry-run'));
        held('migrate', await json('migrate'));
        held('verify', await json('verify'));
        held('backup', await json('backup'));
        held('backup', await json('backup', '--list'));
        held('restore', await json('restore', '--backup', 'latest', '--yes', '--end-connections'));
        held('snapshot', await json('snapshot', '--out', 'main.json'));
        held('diff', await json('diff', 'main@001', 'main'));
        held('diff', await json('diff', 'main.json', 'main'));
        held('drift', await json('drift'));
        held('report', await json('report'));
        held('report', (await project.run('report', '--no-shadow', '--format', 'json')).out);
        held('redo', await json('redo', '--yes'));
        held('plan', await json('plan', '--down', '--to', '0'));
        held('rollback', await json('rollback', '--yes'));
        held('baseline', await json('baseline', '--to', '002', '--reason', 'by hand', '--unchecked'));
        project.write('migrations/001_users.sql', '-- edited\nSELECT 1;');
        held('error', await json('migrate'));
        held('repair', await json('repair', '--to', '001', '--reason', 'edited'));
        held('checklist', await json('checklist', '--blank'));
        held('release', await json('release', '--yes'));
        held('checklist', await json('checklist'));
        held('log', await json('log', '--check'));
        held('log-note', await json('log', 'note', 'last', 'seen by both'));
        held('log-keygen', await json('log', 'keygen', '--out', 'key.pem'));
        held('log-sign', await json('log', 'sign', '--key', 'key.pem'));
        held('log', await json('log', '--check', '--key', 'key.pem.pub'));
        held('log-export', await json('log', 'export', '--out', 'log.csv'));
        held('status', await json('status'));
        const jobs = "SELECT 'sweep' AS job, 'succeeded' AS outcome, NULL AS detail";
        project.write(
          'surefoot.config.ts',
          `export default ${JSON.stringify({ databases: { main: { url: project.url, maintenance: jobs } } })};`,
        );
        held('maintain', await json('maintain'));
        held('log', await json('log'));
        held('new', await json('new', 'something'));
        held('error', await json('migrate'));
        held('init', (await runCli(`${project.root}/migrations`, ['init', '--json'])).out);
        held('error', await json('nonsense'));
      },
      { major: 15 },
    );
  });
});
