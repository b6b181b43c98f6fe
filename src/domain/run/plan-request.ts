import type { Session } from '../../ports/session.ts';
import { readHistory } from '../journal/index.ts';
import { prepareSteps, selectTargets, type Commutes, type PlanRequest, type Prepared } from '../plan/index.ts';
import { explainModified } from './explain-modified.ts';
import { prepareParts, storedReader, type RunParts } from './session/locked-run.ts';

/** The plan for a request as the database is now. */
export async function planRequest(parts: RunParts, session: Session, request: PlanRequest): Promise<Prepared> {
  const history = await readHistory(parts.database, session);
  try {
    const targets = selectTargets(parts.database.name, parts.set, history, request, commutesIn(parts));
    return await prepareSteps(prepareParts(parts, session, history), targets);
  } catch (error) {
    throw await explainModified(error, {
      set: parts.set,
      files: parts.files,
      history,
      stored: storedReader(parts.database, session),
    });
  }
}

export function commutesIn({ proofs }: RunParts): Commutes {
  return (pending, applied) => proofs.commute(pending, applied) !== null;
}
