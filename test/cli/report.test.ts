import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENGINES, usersAndAddresses, withProject } from '../support/project.ts';

describe.each(ENGINES)('report on %s', (engine) => {
  it('writes one value down in each format, and tells the state and where the file is', async () => {
    await withProject(engine, async (project) => {
      const read = (name: string): string => readFileSync(join(project.root, name), 'utf8');
      usersAndAddresses(project);
      await project.run('migrate');
      project.migration(
        '003_odd',
        'CREATE TABLE odd (id integer PRIMARY KEY);\n',
        'DROP TABLE odd;\n',
        '-- @check a | pipe & <tag>\n-- @expect rows = 2\nSELECT id FROM odd;\n',
      );
      expect((await project.run('migrate')).code).not.toBe(0);

      const page = await project.run('report', '--out', 'report.html');
      expect({ code: page.code, err: page.err }).toEqual({ code: 0, err: '' });
      expect(page.out).toMatch(/^main \(.*\)\n {2}- State +2 of 3 migrations applied, 1 pending, 002 is the last/u);
      expect(page.out).toMatch(/✗ Failed checks +1 of \d+ checks/u);
      expect(page.out).toMatch(/✓ Drift +none/u);
      expect(page.out).toMatch(/. Preflight +\d+ of \d+ checks ok/u);
      expect(page.out).toContain(`written to ${join(project.root, 'report.html')}`);
      const html = read('report.html');
      expect(html).toContain("default-src 'none'");
      expect(html).toMatch(/id="d0-m-002".*CREATE INDEX users_address.*class="plus">\+CREATE INDEX/su);
      expect(html).toContain('a | pipe &amp; &lt;tag&gt;');
      expect(html).toContain('The schema is what its history implies');

      await project.run('report', '--no-shadow', '--out', 'report.md');
      expect(read('report.md')).toContain(String.raw`| ❌ | a \| pipe & \<tag\> | after | rows = 2 | rows = 0 |`);
      expect(read('report.md')).toContain('What each migration changes is absent: no shadow was wanted.');
      const junit = (await project.run('report', '--no-shadow', '--format', 'junit')).out;
      expect(junit).toContain('<testsuite name="main.003_odd" tests="2" failures="2"');
      expect(junit).toContain('name="a | pipe &amp; &lt;tag&gt;"');
      const sarif: unknown = JSON.parse((await project.run('report', '--no-shadow', '--format', 'sarif')).out);
      expect(sarif).toMatchObject({
        runs: [
          {
            results: [
              { ruleId: 'check-failed', level: 'error' },
              { ruleId: 'check-failed', locations: [{ physicalLocation: { region: { startLine: 1 } } }] },
            ],
          },
        ],
      });
      const both = await project.run('report', '--json', '--format', 'junit');
      expect(both.code).toBe(2);
    });
  });

  it('tells of a database that does not exist yet, and of one whose proofs can not be read', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write('verify/proofs.json', '{ not json');
      const { code, out } = await project.run('report', '--no-shadow');
      expect(code).toBe(0);
      expect(out).toMatch(/! Proofs +absent: .*proofs\.json/u);
      expect(out).toMatch(/Failed checks +absent: no check has run/u);
      expect(out).toMatch(/Last run +absent/u);
    });
  });
});

describe('report', () => {
  it('is no report where the database can not be reached', async () => {
    await withProject('sqlite', async (project) => {
      usersAndAddresses(project);
      const url = 'postgres://nobody@127.0.0.1:1/none';
      project.write('surefoot.config.ts', `export default ${JSON.stringify({ databases: { main: { url } } })};\n`);
      const { code, err } = await project.run('report', '--out', 'report.html');
      expect(code).toBe(3);
      expect(err).toContain('connection-failed');
      expect(existsSync(join(project.root, 'report.html'))).toBe(false);
    });
  });
});
