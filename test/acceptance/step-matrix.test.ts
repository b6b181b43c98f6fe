import { beforeAll, describe, it } from 'vitest';
import { LARGE } from '../support/fault-scene.ts';
import { readTruth, runCell, type Cell, type Truth } from '../support/matrix/cell.ts';
import { FAULTS } from '../support/matrix/faults.ts';
import { KINDS } from '../support/matrix/kinds.ts';
import { WAYS } from '../support/matrix/ways.ts';
import { ENGINES, withProject, type Project } from '../support/project.ts';

/** One cell of so many, spread over kinds, ways and faults. All of them with `SUREFOOT_FAULTS=large`. */
const ONE_OF: Readonly<Record<Project['engine'], number>> = { sqlite: 6, postgres: 9 };

function cellsOf(engine: Project['engine']): readonly Cell[] {
  const part = LARGE ? 1 : ONE_OF[engine];
  return KINDS.filter((kind) => kind.engines.includes(engine)).flatMap((kind, k) =>
    WAYS.filter((way) => way.takes(kind)).flatMap((way, w) =>
      FAULTS.filter(
        (fault) =>
          fault.engines.includes(engine) &&
          fault.directions.includes(way.direction) &&
          fault.takes(way) &&
          fault.applies(kind),
      )
        .filter((_, f) => (k + w + f) % part === 0)
        .map((fault) => ({ kind, way, fault })),
    ),
  );
}

describe.each(ENGINES)('a step that fails on %s', (engine) => {
  const known: { truth: Truth | null } = { truth: null };
  beforeAll(async () => {
    await withProject(engine, async (project) => {
      known.truth = await readTruth(project);
    });
  });
  for (const cell of cellsOf(engine))
    it(`${cell.kind.name}, ${cell.way.name}: ${cell.fault.name}`, async () => {
      await withProject(engine, async (project) => {
        if (known.truth === null) throw new Error('there is no truth');
        await runCell(project, known.truth, cell);
      });
    });
});
