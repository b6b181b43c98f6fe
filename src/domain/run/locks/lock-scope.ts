import type { StatementFacts } from '../../../model/statement.ts';
import type { LockScope } from '../../../ports/traffic.ts';
import { bareName, type PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';

/** Kinds that run code of which the text does not tell what it locks. */
const OPAQUE = /^(?:DO|CALL|SELECT|EXECUTE)$/u;
const WRITERS_ONLY = /^CREATE (?:INDEX|TRIGGER)$/u;
const COMPUTED = /[()]/u;

/** What these statements of a step lock that was there before it; null where nothing is. */
export function lockScopeOf(step: PreparedStep, facts: readonly StatementFacts[]): LockScope | null {
  const made = new Set(step.facts.flatMap((fact) => fact.createsTables.map(bareName)));
  const locking = facts.filter((fact) => fact.locksTables.some((name) => !made.has(bareName(name))));
  const tables = new Set(locking.flatMap((fact) => fact.locksTables.filter((name) => !made.has(bareName(name)))));
  const named = [...tables].filter((name) => !COMPUTED.test(name));
  if (named.length === 0) return null;
  return {
    tables: named,
    writersOnly: locking.every((fact) => WRITERS_ONLY.test(fact.kind)),
    olderThanMs: step.plan.lockTimeoutMs ?? 0,
  };
}

/** Whether somebody should look on while the step works: it may wait for locks, and others for it. */
export function isWatched(context: RunContext, step: PreparedStep, facts: readonly StatementFacts[]): boolean {
  if (!context.database.capabilities.lockQueue || step.plan.lockTimeoutMs === null) return false;
  return (
    step.script.module !== null ||
    facts.some((fact) => OPAQUE.test(fact.kind) || !fact.transactional) ||
    lockScopeOf(step, facts) !== null
  );
}
