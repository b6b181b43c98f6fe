import type { Verb } from '../describe-verb.ts';
import type { VerbName } from '../verb-names.ts';
import { backupVerb } from './backup.ts';
import { baselineVerb } from './baseline.ts';
import { checklistVerb } from './checklist.ts';
import { ciVerb } from './ci.ts';
import { completionVerb } from './completion.ts';
import { diffVerb } from './diff.ts';
import { driftVerb } from './drift.ts';
import { initVerb } from './init.ts';
import { logVerb } from './log.ts';
import { maintainVerb } from './maintain.ts';
import { metricsVerb } from './metrics.ts';
import { migrateVerb } from './migrate.ts';
import { newVerb } from './new.ts';
import { planVerb } from './plan.ts';
import { preflightVerb } from './preflight.ts';
import { proveVerb } from './prove.ts';
import { redoVerb } from './redo.ts';
import { releaseVerb } from './release.ts';
import { repairVerb } from './repair.ts';
import { reportVerb } from './report.ts';
import { restoreVerb } from './restore.ts';
import { rollbackVerb } from './rollback.ts';
import { snapshotVerb } from './snapshot.ts';
import { statusVerb } from './status.ts';
import { verifyVerb } from './verify.ts';

/** Every command by its name, in the order of the help. */
export const VERBS = {
  init: initVerb,
  new: newVerb,
  status: statusVerb,
  plan: planVerb,
  prove: proveVerb,
  preflight: preflightVerb,
  diff: diffVerb,
  drift: driftVerb,
  snapshot: snapshotVerb,
  migrate: migrateVerb,
  rollback: rollbackVerb,
  redo: redoVerb,
  verify: verifyVerb,
  maintain: maintainVerb,
  baseline: baselineVerb,
  repair: repairVerb,
  backup: backupVerb,
  restore: restoreVerb,
  release: releaseVerb,
  checklist: checklistVerb,
  ci: ciVerb,
  log: logVerb,
  report: reportVerb,
  metrics: metricsVerb,
  completion: completionVerb,
} as const satisfies Readonly<Record<VerbName, Verb>>;
