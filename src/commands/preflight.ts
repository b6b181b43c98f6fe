import { join } from 'node:path';
import {
  judge,
  preflight as examine,
  type KeptBaseline,
  type Preflight,
  type PreflightResult,
} from '../domain/preflight/index.ts';
import { isAbsentDatabase, withSession } from '../domain/run/index.ts';
import type { Engine } from '../model/engine.ts';
import { isSurefootError } from '../model/errors.ts';
import type { Session } from '../ports/session.ts';
import { requestOf, type PlanInput } from './plan.ts';
import { loadSet, runParts, type CommandTarget } from './parts/target.ts';

export type PreflightInput = Pick<PlanInput, 'to' | 'step' | 'allowOutOfOrder'> & {
  /** False: do not look for drift, which may need a shadow. */
  readonly drift?: boolean | undefined;
};

export interface PreflightReport {
  readonly name: string;
  readonly engine: Engine;
  /** The worst of the checks; what can't be seen does not count. */
  readonly outcome: Preflight['outcome'];
  readonly checks: readonly PreflightResult[];
}

/** Examines the target of the next `migrate`. Reads only. */
export async function preflight(target: CommandTarget, input: PreflightInput): Promise<PreflightReport> {
  const { database } = target;
  const { outcome, results } = await examined(target, input);
  return { name: database.name, engine: database.capabilities.engine, outcome, checks: results };
}

async function examined(target: CommandTarget, input: PreflightInput): Promise<Preflight> {
  try {
    return await withSession(target, false, async (session) => examineWith(target, session, input));
  } catch (error) {
    if (!isSurefootError(error) || error.code === 'interrupted') throw error;
    const server = { name: 'server', title: 'Connection and server version' };
    if (isAbsentDatabase(error) && target.database.capabilities.creates)
      return judge([{ ...server, outcome: 'ok', figure: 'it does not exist yet; migrate makes it', remedy: null }]);
    if (!NO_CONNECTION.has(error.code)) throw error;
    return judge([{ ...server, outcome: 'block', figure: error.message, remedy: error.hint ?? null }]);
  }
}

const NO_CONNECTION: ReadonlySet<string> = new Set([
  'connection-failed',
  'authentication-failed',
  'database-absent',
  'database-file',
  'tls-failed',
  'busy',
  'too-many-connections',
  'server-stopping',
]);

/** For a run that is about to begin, on its own session. */
export async function examineWith(target: CommandTarget, session: Session, input: PreflightInput): Promise<Preflight> {
  const set = loadSet(target);
  const [newest] = (await target.openBackups()).list(target.database.name);
  return examine(
    {
      run: runParts(target, set, 'preflight'),
      policy: target.preflightPolicy,
      drift: input.drift === false ? null : { shadow: target.shadow, scope: target.schemaScope },
      scope: target.schemaScope,
      baseline: await keptBaseline(target),
      backup: newest === undefined ? null : { id: newest.id, at: newest.at },
    },
    session,
    requestOf(target.database.name, { ...input, direction: 'up' }, set),
  );
}

/** `baseline.json` beside the verify scripts, else the snapshot that `ci` keeps there. */
async function keptBaseline(target: CommandTarget): Promise<KeptBaseline | null> {
  const { files, folders } = target;
  for (const [name, ofAll] of [
    ['baseline.json', false],
    ['snapshot.json', true],
  ] as const) {
    const path = join(folders.verify, name);
    if (!files.exists(path)) continue;
    const { readKeptSnapshot } = await import('./parts/kept-snapshot-file.ts');
    const file = path.slice(join(folders.root, '/').length);
    return { file, ofAll, snapshot: readKeptSnapshot(files, path, file) };
  }
  return null;
}
