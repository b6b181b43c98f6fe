import type { PlanNeeds, TargetFacts } from '../model/target-facts.ts';
import type { Session } from './session.ts';

/** Looks at a target before a run. Reads only; takes no lock that anybody would wait for. */
export interface FactReader {
  /** Outside a transaction. What a role may not see is `unknown` with the reason, never an error. */
  read(session: Session, plan: PlanNeeds): Promise<TargetFacts>;
  /** The server's clock as ISO 8601 UTC, in one round trip; null where it is this machine's. */
  now(session: Session): Promise<string | null>;
}
