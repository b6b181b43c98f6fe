import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import {
  checklist,
  log,
  migrate,
  release,
  status,
  type CallOptions,
  type ChecklistItem,
  type Config,
  type EnvironmentConfig,
  type Pilot,
  type ReleaseInput,
  type ReleaseResult,
} from '../../src/index.ts';
import { ENGINES, rejection, tableQuery, usersAndAddresses, withProject, type Project } from '../support/project.ts';
import { connectTo } from '../support/connect-to.ts';
import { SEEDS, withSeed } from '../support/seeds.ts';

const LIST = `# List

- [ ] The backend is stopped @owner(operations)
- [ ] Friends know @optional

## Acceptance

<!-- @stage after -->

- [ ] Names are there: \`001: users is empty or named\`
- [ ] Version 2 is in: \`applied 002\`
- [ ] Users tried it

<!-- @stage rollback -->

- [ ] Announced
- [ ] Users is gone: \`001: users is gone\`
`;

function configOf(project: Project, environment: EnvironmentConfig = {}): Config {
  return { ...project.config, environments: { production: environment } };
}

/** One call of `release` in the production environment. */
async function pass(
  project: Project,
  input: CallOptions & ReleaseInput = {},
  environment: EnvironmentConfig = {},
): Promise<ReleaseResult> {
  const { databases } = await release(configOf(project, environment), {
    ...project.options,
    environment: 'production',
    ...input,
  });
  const [result] = databases;
  if (result === undefined) throw new Error('no result');
  return result;
}

/** The state of each item that is not open, by id. */
function statesOf({ items }: Pick<ReleaseResult, 'items'>): Record<string, string> {
  return Object.fromEntries(items.filter(({ state }) => state !== 'open').map(({ id, state }) => [id, state]));
}

async function applied(project: Project): Promise<readonly string[]> {
  const { databases } = await status(project.config, project.options);
  return databases[0]?.migrations.filter(({ state }) => state === 'applied').map(({ version }) => version) ?? [];
}

/** As an application would, beside surefoot. */
async function change({ engine, root, url }: Project, text: string): Promise<void> {
  if (engine === 'sqlite') {
    const file = new Sqlite(join(root, 'main.db'));
    file.exec(text);
    file.close();
    return;
  }
  const sql = connectTo(url, 1);
  await sql.unsafe(text);
  await sql.end();
}

const APPROVED = { yes: true, sign: 'Ben' } as const;

describe.each(SEEDS.filter(({ name }) => ['caps', 'crm', 'clierp'].includes(name)))('release of $name', (seed) => {
  it('takes it from the schema its document begins with to the end, every item proven or signed', async () => {
    await withSeed(seed, undefined, async ({ config, options }) => {
      await migrate(config, { ...options, to: seed.before });
      const { databases } = await release(config, { ...options, yes: true, sign: 'Ana Lima' });
      const [result] = databases;
      expect([result?.outcome, result?.detail]).toEqual(['succeeded', 'every item is settled']);
      const walked = result?.items.filter(({ stage }) => stage !== 'rollback' && stage !== 'later') ?? [];
      // Optional ones are the timed checks, which a busy machine may fail.
      const written = walked.filter(({ id, optional }) => id.startsWith('list/') && !optional);
      expect(written.length).toBeGreaterThan(25);
      expect(
        written.filter(({ state }) => state !== 'passed').map(({ id, state, detail }) => [id, state, detail]),
      ).toEqual([]);
    });
  });
});

describe.each(ENGINES)('release on %s', (engine) => {
  it('stops where a signature is missing, is taken up again, and is in the journal in full', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write('verify/checklist.md', LIST);
      const stopped = await pass(project, { yes: true });
      expect([stopped.outcome, stopped.stoppedAt, stopped.exitCode]).toEqual([
        'open',
        'list/the-backend-is-stopped',
        4,
      ]);
      expect(await applied(project)).toEqual([]);

      const went = await pass(project, APPROVED);
      expect([went.outcome, went.exitCode, went.detail]).toEqual(['succeeded', 0, 'every item is settled']);
      expect(went.release?.id).toBe(stopped.release?.id);
      expect(await applied(project)).toEqual(['001', '002']);
      const states = statesOf(went);
      expect(states).toMatchObject({
        plan: 'passed',
        window: 'absent',
        invariants: 'absent',
        timings: 'absent',
        migrate: 'passed',
        checks: 'passed',
        log: 'passed',
        'list/names-are-there': 'passed',
        'list/version-2-is-in': 'passed',
        'list/users-tried-it': 'passed',
      });
      const { databases } = await checklist(project.config, project.options);
      expect(databases[0]).toEqual({ name: 'main', engine, release: went.release, items: went.items });
      const journal = (await log(project.config, { ...project.options, check: true })).databases[0];
      expect(journal?.chain?.intact).toBe(true);
      const run = journal?.runs.find(({ runId }) => runId === went.release?.id);
      expect([run?.command, run?.outcome]).toEqual(['release', 'succeeded']);
      const items = run?.entries.flatMap((entry) => entry.release?.item ?? []) ?? [];
      expect(new Set(items)).toEqual(new Set(Object.keys(states)));
    });
  });

  it('of a plan that was edited asks for the signatures again', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write('verify/checklist.md', '- [ ] One\n- [ ] Two\n');
      project.write(
        'one.json',
        JSON.stringify({ name: 'main', items: [{ id: 'list/one', signedBy: 'Ben', note: '' }] }),
      );
      const first = await pass(project, { answers: 'one.json' });
      expect(first.stoppedAt).toBe('list/two');
      const second = await pass(project, { yes: true });
      expect(second.stoppedAt).toBe('list/two');
      project.write(
        'migrations/002_address.sql',
        'ALTER TABLE users ADD COLUMN address text;\nCREATE INDEX users_address ON users (address);\n-- more\n',
      );
      const third = await pass(project, { yes: true });
      expect([third.stoppedAt, third.release?.id]).toEqual(['list/one', first.release?.id]);
    });
  });

  it('is walked by one person at a time, and handed over only when that is asked for', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write('verify/checklist.md', '- [ ] One\n');
      const seen: { code: string; message: string; hint: string | undefined }[] = [];
      let taken: ReleaseResult | null = null;
      const pilot: Pilot = {
        takeUp: async () => Promise.resolve('resume'),
        report: () => undefined,
        sign: async () => {
          for (const input of [{ yes: true }, { giveUp: 'not mine' }])
            seen.push(await rejection(pass(project, { ...input, lockWaitMs: 1 })));
          taken = await pass(project, { ...APPROVED, takeOver: true });
          return { kind: 'signed', by: 'Ana', note: '' };
        },
        go: async () => Promise.resolve('go'),
        decide: async () => Promise.resolve(null),
      };
      const ousted = await rejection(pass(project, { pilot }));
      expect(seen.map(({ code }) => code)).toEqual(['release-held', 'release-held']);
      expect(seen[0]?.message).toMatch(/walked by .+ on .+ \(pid \d+\) since \d{4}-/u);
      expect(seen[0]?.hint).toContain('surefoot release main --env production --take-over');
      expect([ousted.code, ousted.exitCode]).toEqual(['release-held', 4]);
      const { databases } = await checklist(project.config, project.options);
      const one = databases[0]?.items.find(({ id }) => id === 'list/one');
      expect([databases[0]?.release?.outcome, databases[0]?.release?.walker, one?.signedBy]).toEqual([
        'succeeded',
        null,
        'Ben',
      ]);
      expect(taken).toMatchObject({ outcome: 'succeeded' });
    });
  });

  it('of two that begin at one moment, one goes on and the other changes nothing', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, { ...project.options, to: '001' });
      project.write('verify/checklist.md', '- [ ] One\n');
      const refused: unknown[] = [];
      const pilot: Pilot = {
        takeUp: async () => Promise.resolve('resume'),
        report: () => undefined,
        // Whoever gets in stays in until the others were refused.
        sign: async () => {
          while (refused.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
          return { kind: 'signed', by: 'Ana', note: '' };
        },
        go: async () => Promise.resolve('go'),
        decide: async () => Promise.resolve(null),
      };
      const ends = await Promise.all(
        [1, 2, 3].map(async () =>
          pass(project, { pilot, lockWaitMs: 1 }).catch((error: unknown) => void refused.push(error)),
        ),
      );
      expect(refused).toMatchObject([{ code: 'release-held' }, { code: 'release-held' }]);
      expect(ends.flatMap((end) => end ?? [])).toMatchObject([{ outcome: 'succeeded' }]);
      expect(await applied(project)).toEqual(['001', '002']);
    });
  });

  it('takes the timed checks again after the commit, and stops where they became slow there', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, { ...project.options, to: '001' });
      const query = 'SELECT count(*) FROM users AS a, users AS b WHERE a.name < b.name;\n';
      project.write(
        'verify/002_address.sql',
        `-- @check pairs\n-- @when before\n-- @expect rows = 1\n${query}\n-- @check pairs\n-- @expect within 300% of before\n${query}`,
      );
      project.write('verify/checklist.md', '<!-- @stage migrate -->\n- [ ] Loaded\n');
      const pilot: Pilot = {
        takeUp: async () => Promise.resolve('resume'),
        report: () => undefined,
        sign: async () => {
          const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)';
          await change(project, `INSERT INTO users (id, name) ${numbers} SELECT i, 'name ' || i FROM n`);
          return { kind: 'signed', by: 'Ana', note: '' };
        },
        go: async () => Promise.resolve('go'),
        decide: async () => Promise.resolve(null),
      };
      const slow = await pass(project, { pilot });
      expect([slow.stoppedAt, slow.exitCode]).toEqual(['timings', 1]);
      expect(slow.detail).toMatch(/^1 timed check taken after the commit, at most .* before; 1 check slower/u);
      const { databases } = await log(project.config, project.options);
      const entries = databases[0]?.runs.flatMap((run) => run.entries) ?? [];
      const timed = entries.flatMap(({ event, checks }) =>
        checks.flatMap(({ outcome, timing, when }) => (timing && when !== 'before' ? [[event, outcome]] : [])),
      );
      expect(timed.toSorted()).toEqual([
        ['release-item', 'failed'],
        ['step', 'passed'],
      ]);
      await change(project, 'DELETE FROM users');
      const quick = await pass(project, { yes: true });
      expect([quick.outcome, statesOf(quick)['timings']]).toEqual(['succeeded', 'passed']);
    });
  });

  it('lets nobody sign who runs, where two persons are wanted', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      const policy = { twoPersons: true };
      const operator = (await pass(project, { yes: true }, policy)).release?.operators[0] ?? '';
      const error = await rejection(pass(project, { yes: true, sign: ` ${operator.toUpperCase()}` }, policy));
      expect([error.code, error.exitCode]).toEqual(['second-person', 4]);
      project.write('own.json', JSON.stringify({ name: 'main', items: [{ id: 'approval', signedBy: operator }] }));
      const own = await pass(project, { answers: 'own.json' }, policy);
      expect([own.stoppedAt, own.exitCode]).toEqual(['approval', 4]);
      expect(await applied(project)).toEqual([]);
      const other = await pass(project, APPROVED, policy);
      expect([other.outcome, statesOf(other)['approval']]).toEqual(['succeeded', 'passed']);
    });
  });

  it('offers the rollback where a committed check fails, runs it, verifies it and writes it down', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, { ...project.options, to: '001' });
      const committed =
        '-- @check somebody lives somewhere\n-- @when committed\n-- @expect rows >= 1\nSELECT address FROM users;\n';
      project.write('verify/002_address.sql', committed);
      project.write('verify/checklist.md', '<!-- @stage rollback -->\n- [ ] Announced\n');
      const failed = await pass(project, APPROVED);
      expect([failed.outcome, failed.stoppedAt, failed.exitCode]).toEqual(['open', 'migrate', 1]);
      expect(await applied(project)).toEqual(['001', '002']);
      expect(failed.options.find(({ recommended }) => recommended)).toMatchObject({
        id: 'roll-back',
        command: 'surefoot rollback main --to 001 --env production',
      });
      // Going on does not make a check right that failed after the commit.
      const again = await pass(project, APPROVED);
      expect([again.outcome, again.stoppedAt, again.exitCode]).toEqual(['open', 'migrate', 1]);
      expect(again.detail).toContain('somebody lives somewhere');
      const back = await pass(project, { ...APPROVED, onFailure: 'recommended' });
      expect([back.outcome, back.exitCode]).toEqual(['failed', 1]);
      expect(await applied(project)).toEqual(['001']);
      const way = back.items.find(({ id }) => id === 'way/roll-back');
      expect(way?.state).toBe('passed');
      expect(way?.detail).toContain('no rolled-back check for 002');
      expect(way?.detail).toContain('of what stays 1 of 1 check passed');
      expect(statesOf(back)['list/announced']).toBe('passed');
      expect(back.release?.outcome).toBe('failed');
      const next = await pass(project, { yes: true, to: '001' });
      expect(next.release?.id).not.toBe(back.release?.id);
    });
  });

  it('tries an item again when its cause is gone', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write('verify/checklist.md', '- [ ] It is there: `$ test -e there`\n');
      const asked: string[] = [];
      const pilot: Pilot = {
        takeUp: async () => Promise.resolve('resume'),
        report: () => undefined,
        sign: async () => Promise.resolve({ kind: 'unanswered' }),
        go: async () => Promise.resolve('go'),
        decide: async ({ item, options }) => {
          asked.push(`${item.id}: ${options.map(({ id }) => id).join(' ')}`);
          project.write('there', '');
          return Promise.resolve('retry');
        },
      };
      const went = await pass(project, { pilot });
      expect(asked).toEqual(['list/it-is-there: retry leave quit']);
      expect([went.outcome, statesOf(went)['list/it-is-there']]).toEqual(['succeeded', 'passed']);
    });
  });

  it('changes nothing where a check fails before the commit, and gives no way back that is not needed', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write('verify/001_users.sql', '-- @check wrong\n-- @expect rows = 1\nSELECT id FROM users;\n');
      const failed = await pass(project, { yes: true, onFailure: 'roll-back' });
      expect([failed.outcome, failed.stoppedAt, failed.exitCode]).toEqual(['open', 'migrate', 1]);
      expect(failed.options.map(({ id }) => id)).toEqual(['retry', 'leave', 'quit']);
      expect(failed.options.find(({ recommended }) => recommended)?.id).toBe('quit');
      const ended = await pass(project, { giveUp: 'another week' });
      expect([ended.outcome, ended.exitCode, ended.release?.ending]).toEqual([
        'given up',
        0,
        'another week; nothing was changed',
      ]);
      expect((await rejection(pass(project, { giveUp: 'again' }))).code).toBe('release-absent');
    });
  });

  it('restores the backup it made, and the restored database knows of the release', async () => {
    await withProject(
      engine,
      async (project) => {
        usersAndAddresses(project);
        await migrate(project.config, { ...project.options, to: '001' });
        project.write(
          'verify/002_address.sql',
          '-- @check somebody\n-- @when committed\n-- @expect rows = 1\nSELECT id FROM users;\n',
        );
        const policy = { backup: 'before' } as const;
        const back = await pass(project, { yes: true, onFailure: 'restore' }, policy);
        expect([back.outcome, back.exitCode]).toEqual(['failed', 1]);
        expect(await applied(project)).toEqual(['001']);
        const made = back.items.find(({ id }) => id === 'backup');
        expect(made?.state).toBe('passed');
        const { databases } = await checklist(project.config, project.options);
        expect(databases[0]?.release).toMatchObject({ id: back.release?.id, outcome: 'failed' });
        expect(statesOf({ items: databases[0]?.items ?? [] })).toMatchObject({
          migrate: 'failed',
          'way/restore': 'passed',
        });
        const journal = (await log(project.config, { ...project.options, check: true })).databases[0];
        expect(journal?.chain?.intact).toBe(true);
      },
      { major: 15 },
    );
  });

  it('keeps to the maintenance window, and to who may be connected', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      const now = new Date();
      const hour = (shift: number): string => `${String((now.getUTCHours() + shift) % 24).padStart(2, '0')}:00`;
      const closed = await pass(project, { yes: true }, { window: { hours: `${hour(2)}-${hour(3)}` } });
      expect([closed.stoppedAt, closed.exitCode]).toEqual(['window', 1]);
      expect(await applied(project)).toEqual([]);
      const open = await pass(project, { yes: true }, { window: { hours: `${hour(23)}-${hour(3)}`, connections: 50 } });
      expect(open.outcome).toBe('succeeded');
      expect(statesOf(open)['window']).toBe('passed');
    });
  });

  it('blocks on what another capability offers only as that says itself', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      const audit = (stops: ChecklistItem['stops']): ReleaseInput['capabilities'] => [
        async () =>
          Promise.resolve({
            items: [
              {
                id: 'audit',
                title: 'Audit',
                stage: 'proofs',
                owner: null,
                stops,
                run: async ({ exists, plan }) =>
                  Promise.resolve({
                    state: 'absent',
                    detail: `${String(exists)} ${String((await plan()).steps.length)}`,
                  }),
              },
            ],
          }),
      ];
      const blocked = await pass(project, { yes: true, capabilities: audit(['absent']) });
      expect([blocked.stoppedAt, blocked.exitCode]).toEqual(['audit', 4]);
      const shown = await pass(project, { yes: true, capabilities: audit([]) });
      expect(shown.outcome).toBe('succeeded');
      expect(shown.items.find(({ id }) => id === 'audit')?.detail).toBe(`${String(engine === 'postgres')} 2`);
    });
  });

  it('names every mistake of checklist.md with file and line', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write(
        'verify/checklist.md',
        '- [ ] A: `001: users is empty or name`\n- [ ] B: `004: x`\n- [ ] C: `applied 009`\n- [ ] D: `invariants: x`\n- [ ] E @ownr(x)\n',
      );
      const error = await rejection(pass(project));
      expect([error.code, error.exitCode]).toEqual(['checklist-invalid', 2]);
      for (const line of [1, 2, 3, 4, 5]) expect(error.message).toContain(`verify/checklist.md:${String(line)}:1`);
    });
  });

  it('runs commands of the list, and a failing one stops it', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write('verify/checklist.md', '- [ ] Good: `$ echo it is fine`\n- [ ] Bad: `$ echo no >&2; exit 3`\n');
      const stopped = await pass(project, { yes: true });
      expect(stopped.items.find(({ id }) => id === 'list/good')?.detail).toBe('it is fine');
      expect([stopped.stoppedAt, stopped.detail, stopped.exitCode]).toEqual(['list/bad', 'exit code 3: no', 1]);
      expect(await applied(project)).toEqual([]);
    });
  });

  it('takes before checks of the list ahead of their step, and those of a rollback after it', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write(
        'verify/001_users.sql',
        `-- @check nobody has made it\n-- @when before\n-- @expect rows = 0\n${tableQuery(engine, 'users')}\n-- @check users is gone\n-- @when rolled-back\n-- @expect rows = 0\n${tableQuery(engine, 'users')}`,
      );
      project.write(
        'verify/checklist.md',
        '- [ ] Not there yet: `001: nobody has made it`\n<!-- @stage after -->\n- [ ] Fails: `$ exit 1`\n<!-- @stage rollback -->\n- [ ] Gone: `001: users is gone`\n',
      );
      const back = await pass(project, { yes: true, onFailure: 'roll-back' });
      expect(await applied(project)).toEqual([]);
      // A SQLite file that does not exist has nothing to be asked.
      expect(statesOf(back)['list/not-there-yet']).toBe(engine === 'sqlite' ? 'absent' : 'passed');
      expect(statesOf(back)['list/gone']).toBe('passed');
    });
  });
});
