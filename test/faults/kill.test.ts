import { afterAll, describe, expect, it } from 'vitest';
import {
  FAILS_WITH,
  LARGE,
  readTruth,
  runOnce,
  settle,
  withDatabaseIn,
  withRoot,
  writeFaultPlan,
} from '../support/fault-scene.ts';
import { createKillMatrix } from '../support/kill-matrix.ts';
import { startCli } from '../support/kill-cli.ts';
import { startOwnServer } from '../support/own-server.ts';
import { projectIn } from '../support/project.ts';
import { MAJORS } from '../support/servers.ts';
import { placesOf } from '../support/wire-places.ts';
import { undisturbed } from '../support/undisturbed.ts';
import { startWireProxy } from '../support/wire-proxy.ts';

const matrix = createKillMatrix();
afterAll(() => matrix.print('Processes that are killed, PostgreSQL'));

const MAJOR = MAJORS[1];
const EXITS: Readonly<Record<string, number | string>> = { SIGKILL: 'SIGKILL', SIGINT: 130, SIGTERM: 143 };

describe('the command line on PostgreSQL', () => {
  it(
    'killed or interrupted at a message leaves nothing lost and nothing done twice',
    { timeout: 3_600_000 },
    async () => {
      await withRoot(async (root) => {
        writeFaultPlan(projectIn(root, 'postgres', 'postgres://nobody@nowhere/nothing'));
        const { truth, seen } = await undisturbed(root, MAJOR);
        const places = placesOf(seen);
        const fronts = seen.filter(
          (each) => each.side === 'frontend' && !places('frontend', each.index).startsWith('making'),
        );
        const stride = LARGE ? 1 : 6;
        for (const [turn, { index }] of fronts.filter((_, at) => at % stride === 0).entries()) {
          for (const signal of LARGE
            ? (['SIGKILL', 'SIGINT', 'SIGTERM'] as const)
            : ([['SIGKILL', 'SIGINT', 'SIGKILL', 'SIGTERM'][turn % 4]] as const)) {
            await withDatabaseIn(root, MAJOR, async (direct, target, through) => {
              const proxy = await startWireProxy(target);
              try {
                through(proxy.port);
                const cli = startCli(root, ['migrate']);
                proxy.arm({
                  side: 'frontend',
                  index,
                  when: turn % 2 === 0 ? 'after' : 'before',
                  act: () => cli.child.kill(signal as NodeJS.Signals),
                });
                const ended = await cli.ended;
                // A signal that comes when the last statement has failed finds nothing more to stop.
                expect([EXITS[signal ?? ''], 3]).toContain(ended);
                const place = places('frontend', index);
                matrix.add(
                  place,
                  `${String(signal)} at a message`,
                  await settle(direct, truth, 'interrupted').catch((error: unknown) => {
                    throw new Error(`${String(signal)} at ${String(index)} (${place}): ${cli.err()}`, { cause: error });
                  }),
                );
              } finally {
                await proxy.close();
              }
            });
          }
        }
      });
    },
  );
});

describe('the server', () => {
  it('killed at a random instant leaves nothing lost and nothing done twice', { timeout: 3_600_000 }, async () => {
    await withRoot(async (root) => {
      const server = await startOwnServer(MAJOR);
      try {
        const project = (name: string): ReturnType<typeof projectIn> =>
          projectIn(root, 'postgres', server.url.replace('/postgres?', `/${name}?`));
        for (const name of ['cold', 'undisturbed']) await server.query(`CREATE DATABASE ${name}`);
        writeFaultPlan(project('cold'));
        await runOnce(project('cold'));
        const calm = project('undisturbed');
        const start = performance.now();
        expect(await runOnce(calm)).toBe(FAILS_WITH);
        const took = performance.now() - start;
        const truth = await readTruth(calm);
        for (let turn = 0; turn < (LARGE ? 60 : 6); turn += 1) {
          const name = `turn_${String(turn)}`;
          await server.query(`CREATE DATABASE ${name}`);
          const hit = project(name);
          const instant = Math.random() * took;
          const running = runOnce(hit);
          await new Promise((wake) => setTimeout(wake, instant));
          await server.kill();
          await server.start();
          const first = await running;
          matrix.add(
            'at a random instant',
            'kill -9 of the server',
            await settle(hit, truth, first).catch((error: unknown) => {
              throw new Error(
                `killed ${instant.toFixed(1)} ms after the start of a run of ${took.toFixed(1)} ms; it ended with ${String(first)}`,
                { cause: error },
              );
            }),
          );
        }
      } finally {
        await server.close();
      }
    });
  });
});
