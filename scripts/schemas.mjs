// What `--json` prints, as zod schemas: the source of the published JSON Schemas, and what the tests hold the output against.
import * as z from 'zod';

const engine = z.enum(['postgres', 'sqlite']);
const direction = z.enum(['up', 'down']);
const ms = z.number().nonnegative().describe('milliseconds');
const time = z.iso.datetime().describe('ISO 8601 UTC');

const hazard = z.strictObject({
  hazard: z.enum(['drops-data', 'locks-existing-table', 'not-transactional', 'irreversible', 'unproven']),
  message: z.string(),
  file: z.string(),
  line: z.number().int().nullable(),
  allowed: z.string().nullable().describe('the reason of an @allow directive'),
});

const backupMethod = z.enum(['online-copy', 'archive', 'database-copy', 'command']);
const bytes = z.number().int().nonnegative().describe('bytes');

const journalBackup = z.strictObject({
  id: z.string(),
  method: backupMethod,
  location: z.string(),
  size: bytes.nullable(),
  sha256: z.string().nullable(),
  durationMs: ms,
});

const backupInfo = z.strictObject({
  id: z.string(),
  method: backupMethod,
  source: z.string().describe('URL without password'),
  at: time,
  durationMs: ms,
  location: z.string(),
  size: bytes.nullable(),
  sha256: z.string().nullable(),
  serverVersion: z.string(),
  head: z.strictObject({ seq: z.number().int(), hash: z.string() }).nullable().describe('end of the journal in it'),
  version: z.string().nullable().describe('last applied version in it'),
  checked: z.string(),
  proven: z.boolean().describe('restored to a shadow and compared'),
  operator: z.string(),
  host: z.string(),
  toolVersion: z.string(),
  tables: z.number().int(),
  rows: z.number().int(),
});

const planStep = z.strictObject({
  version: z.string(),
  name: z.string(),
  direction,
  description: z.string().nullable(),
  file: z.string(),
  kind: z.enum(['sql', 'ts']),
  source: z.enum(['file', 'history']),
  transaction: z.enum(['each', 'none']),
  statements: z.number().int(),
  resumeAt: z.number().int(),
  lockTimeoutMs: z.number().nullable(),
  statementTimeoutMs: z.number().nullable(),
  verification: z.enum(['present', 'absent']),
  checks: z.number().int(),
  hazards: z.array(hazard),
});

const plan = z.strictObject({
  database: z.string(),
  engine,
  direction,
  state: z.string().describe('hash of the history the plan was made from'),
  steps: z.array(planStep),
});

const check = z.strictObject({
  version: z.string().nullable().describe('null for invariants'),
  name: z.string(),
  when: z.enum(['before', 'after', 'step', 'committed', 'rolled-back', 'always']),
  outcome: z.enum(['passed', 'failed']),
  severity: z.enum(['error', 'warning']),
  expected: z.string(),
  actual: z.string(),
  detail: z.string().nullable(),
  sql: z.string(),
  file: z.string(),
  line: z.number().int(),
  durationMs: ms,
  timing: z
    .strictObject({ ms, beforeMs: ms.nullable() })
    .optional()
    .describe('of a timed check: the medians after and before the change'),
});

const locks = z.strictObject({
  tries: z.number().int(),
  waitedMs: ms.describe('waited for long transactions to end, with nothing locked'),
  othersWaitedMs: ms
    .nullable()
    .describe('the longest that any other session was seen to wait because of it; null where nobody watched'),
});

const run = z.strictObject({
  name: z.string(),
  engine,
  runId: z.string().nullable(),
  direction,
  outcome: z.enum(['succeeded', 'nothing to do']),
  durationMs: ms,
  dryRun: z.enum(['transaction', 'shadow']).nullable(),
  backup: journalBackup.nullable().describe('made before the first step'),
  steps: z.array(
    z.strictObject({
      version: z.string(),
      name: z.string(),
      direction,
      outcome: z.enum(['succeeded', 'failed']),
      durationMs: ms,
      verification: z.enum(['passed', 'absent', 'failed']),
      checks: z.array(check),
      locks,
    }),
  ),
  plan,
  othersWaitedMs: ms.nullable().describe('the longest that any other session was seen to wait because of this run'),
});

const journalError = z.strictObject({
  code: z.string(),
  sqlState: z.string().nullable(),
  message: z.string(),
  file: z.string().nullable(),
  line: z.number().int().nullable(),
});

const blocker = z.strictObject({
  pid: z.number().int().nullable(),
  user: z.string().nullable(),
  application: z.string().nullable(),
  state: z.string().nullable(),
  query: z.string().nullable(),
  ageMs: ms.nullable(),
});

const signature = z.strictObject({
  algorithm: z.literal('ed25519'),
  key: z.string().describe('first 16 hex digits of the SHA-256 of the public key (SPKI, DER)'),
  seq: z.number().int().describe('all entries up to this place are signed'),
  hash: z.string(),
  signature: z.string().describe('base64'),
});

const stage = z.enum([
  'preflight',
  'backup',
  'proofs',
  'plan',
  'window',
  'before',
  'migrate',
  'checks',
  'invariants',
  'timings',
  'after',
  'log',
  'rollback',
  'later',
]);

const itemState = z
  .enum(['passed', 'failed', 'absent', 'blocked', 'open'])
  .describe('absent: not configured or not there yet, neither passed nor failed');

const ciOutcome = z.enum(['passed', 'failed', 'absent']);
const ciFinding = z.strictObject({
  severity: z.enum(['error', 'warning']),
  rule: z.string(),
  message: z.string(),
  file: z.string().nullable(),
  line: z.number().int().nullable(),
});

const figure = z.strictObject({
  name: z.string(),
  value: z.union([z.number(), z.string()]),
  unit: z.enum(['ms', 'bytes', 'rows', '%']).nullable(),
});

const releaseNote = z.strictObject({
  from: z.string().nullable().describe('of release-started: the last version applied then'),
  to: z.string().nullable().describe('of release-started: the last version asked for'),
  set: z.string().nullable().describe('of release-started: a hash of the migrations it is about'),
  item: z.string().nullable(),
  title: z.string().nullable(),
  stage: stage.nullable(),
  state: itemState.nullable(),
  signedBy: z.string().nullable(),
  detail: z.string().nullable(),
  figures: z.array(figure),
  walk: z
    .strictObject({ id: z.string(), space: z.string().describe('where process numbers mean the same') })
    .optional()
    .describe('of release-started and release-left'),
  takeOver: z.boolean().optional().describe('of release-started: from one who was asked, or is gone'),
});

export const journalEntry = z.strictObject({
  runId: z.string(),
  at: time,
  event: z.enum([
    'run-started',
    'run-finished',
    'run-interrupted',
    'reconnected',
    'step',
    'retried',
    'verified',
    'maintained',
    'baselined',
    'repaired',
    'note',
    'signed',
    'backed-up',
    'restored',
    'release-started',
    'release-item',
    'release-left',
    'release-finished',
  ]),
  command: z.string(),
  database: z.string(),
  engine,
  version: z.string().nullable(),
  name: z.string().nullable(),
  direction: direction.nullable(),
  checksum: z.string().nullable(),
  durationMs: ms.nullable(),
  outcome: z.enum(['succeeded', 'failed', 'started', 'interrupted', 'absent']),
  operator: z.string(),
  host: z.string(),
  pid: z.number().int(),
  toolVersion: z.string(),
  gitCommit: z.string().nullable(),
  error: journalError.nullable(),
  checks: z.array(check),
  notes: z.array(z.string()),
  scriptsHash: z.string().nullable(),
  locks: z.strictObject({ ...locks.shape, blockers: z.array(blocker) }).optional(),
  rows: z
    .array(
      z.strictObject({
        line: z.number().int(),
        kind: z.string().describe('INSERT, UPDATE, DELETE …'),
        table: z.string().nullable().describe('as written'),
        rows: z.number().int().nonnegative(),
      }),
    )
    .optional()
    .describe('of a step in SQL: its statements that changed rows, as the engine counted'),
  size: z
    .strictObject({ before: bytes, after: bytes })
    .optional()
    .describe('of run-finished: the size of the database when the run began and then'),
  together: z.literal(true).optional().describe('of run-started: all its steps are committed together'),
  signature: signature.optional().describe('only in entries of the event signed'),
  backup: journalBackup.optional(),
  release: releaseNote.optional().describe('only in entries of a release'),
});

const listedItem = z.strictObject({
  id: z.string(),
  title: z.string(),
  stage,
  group: z.string().nullable().describe('heading in checklist.md'),
  kind: z.enum(['automatic', 'manual']),
  owner: z.string().nullable(),
  help: z.string().nullable(),
  optional: z.boolean(),
  state: itemState,
  detail: z.string().nullable(),
  figures: z.array(figure),
  signedBy: z.string().nullable(),
  note: z.string().nullable(),
  at: time.nullable(),
  durationMs: ms.nullable(),
});

const releaseOutcome = z.enum(['open', 'succeeded', 'failed', 'given up']);

const checklist = z.strictObject({
  name: z.string(),
  engine,
  release: z
    .strictObject({
      id: z.string(),
      outcome: releaseOutcome,
      startedAt: time,
      finishedAt: time.nullable(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      operators: z.array(z.string()),
      walker: z
        .strictObject({ operator: z.string(), host: z.string(), pid: z.number().int(), since: time })
        .nullable()
        .describe('who is at it now'),
      ending: z.string().nullable(),
    })
    .nullable(),
  items: z.array(listedItem),
});

const release = checklist.extend({
  environment: z.string().nullable(),
  outcome: releaseOutcome,
  stoppedAt: z.string().nullable().describe('id of the item it stopped at'),
  detail: z.string(),
  options: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      why: z.string(),
      command: z.string().nullable(),
      recommended: z.boolean(),
    }),
  ),
});

const chain = z.union([
  z.strictObject({ intact: z.literal(true), entries: z.number().int() }),
  z.strictObject({ intact: z.literal(false), seq: z.number().int(), reason: z.string() }),
]);

const lock = z.strictObject({
  runId: z.string().nullable(),
  command: z.string().nullable(),
  operator: z.string().nullable(),
  host: z.string().nullable(),
  pid: z.number().int().nullable().describe('the process that runs surefoot'),
  backend: z.number().int().nullable().describe('the server process that holds the lock'),
  since: time.nullable(),
  ageMs: ms.nullable(),
  orphan: z.boolean().describe('that process is known to be gone'),
});

const tone = z.enum(['good', 'bad', 'warning', 'neutral']);
const badge = z.strictObject({ text: z.string(), tone });
const reportBlock = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('figures'), figures: z.array(figure) }),
  z.strictObject({
    kind: z.literal('table'),
    columns: z.array(z.strictObject({ title: z.string(), align: z.enum(['left', 'right']) })),
    rows: z.array(z.array(z.union([z.string(), z.number(), badge, z.null()]))),
  }),
  z.strictObject({
    kind: z.literal('timeline'),
    entries: z.array(z.strictObject({ at: time, until: time.nullable(), label: z.string(), tone })),
  }),
  z.strictObject({
    kind: z.literal('code'),
    language: z.enum(['sql', 'typescript', 'text']),
    text: z.string(),
    file: z.string().nullable().optional(),
  }),
  z.strictObject({ kind: z.literal('diff'), text: z.string().describe('unified lines') }),
  z.strictObject({ kind: z.literal('findings'), findings: z.array(ciFinding) }),
  z.strictObject({ kind: z.literal('checks'), checks: z.array(check) }),
  z.strictObject({
    kind: z.literal('timings'),
    timings: z.array(z.strictObject({ label: z.string(), beforeMs: ms.nullable(), afterMs: ms, tone })),
  }),
  z.strictObject({
    kind: z.literal('diagram'),
    label: z.string(),
    svg: z.string().describe('one drawing; parts of one state alone have the class added or removed'),
    before: z.string().nullable().describe('Mermaid'),
    after: z.string().nullable().describe('Mermaid'),
  }),
]);

const databases = (result) => z.strictObject({ databases: z.array(result) });

const proofResult = z.enum(['proven', 'equivalent', 'irreversible', 'differs', 'lossy', 'failed']);

const proofDifference = z.strictObject({
  object: z.string().describe('id of the object in a snapshot; the file of a step that failed'),
  kind: z.enum([
    'added',
    'removed',
    'changed',
    'column-order',
    'system-names',
    'whitespace',
    'rows',
    'not-reproducible',
    'failed',
  ]),
  phase: z.enum(['up', 'down', 'up-again', 'chain']),
  detail: z.string(),
});

const withoutRows = z.strictObject({
  tables: z.array(z.string()).describe('that it touches, without a row'),
  reason: z.string().nullable().describe('why all tables were empty; null where they were not'),
});

const recordedProof = z.strictObject({
  result: proofResult.describe('the worst over servers'),
  differences: z.array(proofDifference),
  checksums: z.strictObject({
    migration: z.string(),
    rollback: z.string().nullable(),
    verify: z.string().nullable(),
    earlier: z.string().describe('hash of all earlier migrations'),
  }),
  engine,
  servers: z.record(z.string(), proofResult).describe('by major version'),
  toolVersion: z.string(),
  withoutRows: withoutRows.optional().describe('absent where there were rows in all it touches'),
});

const provenVersion = recordedProof.extend({
  name: z.string(),
  notes: z.array(z.string()),
  positions: z.array(z.strictObject({ object: z.string(), before: z.string(), after: z.string() })),
  durationMs: ms,
});

const proofs = z.strictObject({
  format: z.literal(1),
  versions: z.record(z.string(), recordedProof),
  commutes: z.array(
    z.strictObject({
      versions: z.tuple([z.string(), z.string()]),
      checksums: z.tuple([z.string(), z.string()]),
      engine,
      servers: z.array(z.string()),
    }),
  ),
});

const proof = z.strictObject({
  name: z.string(),
  engine,
  servers: z.array(z.string()).describe('major versions that were proven on'),
  versions: z.record(z.string(), provenVersion),
  unfilled: z.array(z.strictObject({ table: z.string(), reason: z.string() })),
  findings: z.number().int(),
  file: z.string().nullable(),
  durationMs: ms,
});

const proofCheck = z.strictObject({
  name: z.string(),
  engine,
  versions: z.record(
    z.string(),
    z.strictObject({
      name: z.string(),
      state: z.enum(['valid', 'stale', 'missing']),
      result: proofResult.nullable(),
      reason: z.string().nullable().describe('null where the proof holds and is good enough'),
      withoutRows: withoutRows.nullable(),
    }),
  ),
  findings: z.number().int(),
});

/** Command -> schema of its `--json` document. */
const difference = z.strictObject({
  object: z.string().describe('kind and qualified name'),
  kind: z.enum(['added', 'removed', 'changed']),
  objectKind: z.string(),
  detail: z.string(),
  diff: z.string().describe('unified diff of the definitions'),
  layout: z
    .array(z.enum(['column-order', 'system-names', 'whitespace']))
    .describe('not empty: the sides differ in this layout and in nothing else'),
});

const schemaObject = z.strictObject({
  id: z.string(),
  kind: z.string(),
  schema: z.string().nullable(),
  name: z.string(),
  parent: z.string().nullable(),
  definition: z.string(),
  dependencies: z.array(z.string()),
  systemNamed: z.boolean(),
  detail: z.looseObject({ type: z.string() }).nullable(),
});

const schemaSnapshot = z.strictObject({
  format: z.literal(1),
  engine,
  server: z.string(),
  owner: z.string().nullable(),
  objects: z.array(schemaObject),
  roles: z.array(z.string()),
});

export const SCHEMAS = {
  snapshot: databases(
    z.strictObject({
      name: z.string(),
      engine,
      hash: z.string(),
      counts: z.record(z.string(), z.number().int()),
      file: z.string().nullable(),
      text: z.string().nullable(),
      snapshot: schemaSnapshot,
    }),
  ),
  drift: databases(
    z.strictObject({
      name: z.string(),
      engine,
      applied: z.number().int(),
      source: z.enum(['shadow', 'cache']),
      differences: z.array(difference),
      ignored: z.array(difference),
    }),
  ).extend({ differences: z.array(difference).optional().describe('those of the only database that was named') }),
  diff: z.strictObject({
    left: z.string(),
    right: z.string(),
    engine,
    differences: z.array(difference),
    ignored: z.array(difference),
  }),
  prove: databases(proof).extend({
    versions: z.record(z.string(), provenVersion).optional().describe('those of the only database that was named'),
  }),
  'prove-check': databases(proofCheck).extend({ versions: proofCheck.shape.versions.optional() }),
  'prove-faults': databases(
    z.strictObject({
      name: z.string(),
      engine,
      server: z.string().nullable(),
      rehearsals: z.array(
        z.strictObject({
          version: z.string(),
          name: z.string(),
          direction,
          statement: z.number().int().nullable().describe('ahead of this statement; null: ahead of the commit'),
          line: z.number().int().nullable(),
          fault: z.enum(['abort', 'killed session', 'lock time-out']),
          met: z.boolean().describe('false where nothing had to wait for a lock that another session could hold'),
          rows: z.boolean().describe('the tables had rows'),
          left: z.enum(['before', 'between', 'after']).describe('right after the fault'),
          error: z.string().nullable(),
          end: z.enum(['before', 'after', 'third']).describe('after the tool was run again'),
          findings: z.array(z.string()),
        }),
      ),
      findings: z.number().int(),
      durationMs: ms,
    }),
  ),
  'prove-commutes': databases(
    z.strictObject({
      name: z.string(),
      engine,
      server: z.string().nullable(),
      pairs: z.array(
        z.strictObject({
          pending: z.string(),
          applied: z.string(),
          differences: z.array(z.string()).describe('empty where the order does not matter'),
        }),
      ),
      findings: z.number().int(),
      durationMs: ms,
    }),
  ),
  proofs,
  status: databases(
    z.strictObject({
      name: z.string(),
      engine,
      url: z.string(),
      exists: z.boolean(),
      lock: lock.nullable().describe('who holds the run lock right now'),
      migrations: z.array(
        z.strictObject({
          version: z.string(),
          name: z.string(),
          state: z.enum(['applied', 'pending', 'missing', 'modified', 'out of order', 'failed']),
          appliedAt: time.nullable(),
          checksum: z.string(),
          baseline: z.boolean(),
          irreversible: z.boolean(),
          verification: z.enum(['present', 'absent']),
          notes: z.array(z.string()).describe('what an applied TypeScript migration logged'),
        }),
      ),
    }),
  ),
  plan: databases(plan),
  preflight: databases(
    z.strictObject({
      name: z.string(),
      engine,
      outcome: z.enum(['ok', 'warn', 'block']).describe('the worst of the checks; what can not be seen does not count'),
      checks: z.array(
        z.strictObject({
          name: z.string(),
          title: z.string(),
          outcome: z.enum(['ok', 'warn', 'block', 'unknown', 'not applicable']),
          figure: z.string().describe('what was found'),
          remedy: z.string().nullable().describe('what to do'),
        }),
      ),
    }),
  ),
  migrate: databases(run),
  rollback: databases(run),
  redo: databases(z.strictObject({ down: run, up: run })),
  verify: databases(
    z.strictObject({
      name: z.string(),
      engine,
      checks: z.array(check),
      absent: z.array(z.string()).describe('applied versions without a verify script'),
      passed: z.number().int(),
      failed: z.number().int(),
      warnings: z.number().int(),
    }),
  ),
  report: z.strictObject({
    format: z.literal(1),
    at: time,
    toolVersion: z.string(),
    databases: z.array(
      z.strictObject({
        name: z.string(),
        engine,
        url: z.string().describe('without password'),
        headlines: z.array(z.strictObject({ label: z.string(), text: z.string(), tone })),
        sections: z.array(z.strictObject({ id: z.string(), title: z.string(), blocks: z.array(reportBlock) })),
        migrations: z.array(
          z.strictObject({
            version: z.string(),
            name: z.string(),
            badges: z.array(badge),
            parts: z.array(z.strictObject({ title: z.string(), blocks: z.array(reportBlock) })),
          }),
        ),
      }),
    ),
  }),
  ci: databases(
    z.strictObject({
      name: z.string(),
      engine,
      outcome: z.enum(['passed', 'failed']),
      durationMs: ms,
      checks: z.array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          group: z.string(),
          outcome: ciOutcome,
          detail: z.string(),
          durationMs: ms,
          figures: z.array(figure).optional(),
          findings: z.array(ciFinding).optional(),
          cases: z
            .array(
              z.strictObject({
                name: z.string(),
                outcome: ciOutcome,
                detail: z.string(),
                durationMs: ms.nullable(),
                file: z.string().nullable(),
                line: z.number().int().nullable(),
              }),
            )
            .optional(),
        }),
      ),
    }),
  ),
  maintain: databases(
    z.strictObject({
      name: z.string(),
      engine,
      jobs: z.array(
        z.strictObject({ job: z.string(), outcome: z.enum(['succeeded', 'failed']), detail: z.string().nullable() }),
      ),
      failed: z.number().int(),
      durationMs: ms,
    }),
  ),
  baseline: databases(
    z.strictObject({
      name: z.string(),
      runId: z.string(),
      versions: z.array(z.string()),
      checks: z.array(check).describe('of the versions recorded, as the database is now'),
    }),
  ),
  repair: databases(
    z.strictObject({
      name: z.string(),
      runId: z.string(),
      version: z.string(),
      change: z.enum(['checksum recorded', 'recorded as applied', 'recorded as pending']),
    }),
  ),
  backup: databases(
    z.strictObject({
      name: z.string(),
      engine,
      made: backupInfo.nullable().describe('null for --list'),
      removed: z.array(z.string()).describe('ids of older ones that went'),
      backups: z.array(backupInfo).describe('newest first'),
    }),
  ),
  restore: databases(
    z.strictObject({
      name: z.string(),
      engine,
      runId: z.string(),
      backup: backupInfo,
      kept: z.string().nullable().describe('where the database that was there is kept'),
      discarded: z.array(
        z.strictObject({ runId: z.string(), command: z.string(), at: time, versions: z.array(z.string()) }),
      ),
      tables: z.number().int().describe('compared with the backup'),
      uncompared: z.number().int().describe('changed while a command made the backup'),
      durationMs: ms,
    }),
  ),
  log: databases(
    z.strictObject({
      name: z.string(),
      engine,
      runs: z.array(
        z.strictObject({
          runId: z.string(),
          command: z.string(),
          direction: direction.nullable(),
          outcome: z.enum(['succeeded', 'failed', 'interrupted', 'running']),
          startedAt: time,
          finishedAt: time.nullable(),
          durationMs: ms.nullable(),
          operator: z.string(),
          host: z.string(),
          toolVersion: z.string(),
          gitCommit: z.string().nullable(),
          versions: z.array(z.string()),
          checksPassed: z.number().int(),
          checksFailed: z.number().int(),
          error: journalError.nullable(),
          entries: z.array(journalEntry),
        }),
      ),
      head: z.number().int().describe('place of the last entry in the chain'),
      chain: chain.nullable(),
      signatures: z
        .strictObject({
          key: z.string().nullable(),
          valid: z.number().int(),
          unverified: z.number().int(),
          signedTo: z.number().int(),
          broken: z.strictObject({ seq: z.number().int(), reason: z.string() }).nullable(),
        })
        .nullable(),
    }),
  ),
  'log-note': databases(
    z.strictObject({ name: z.string(), runId: z.string(), at: time, operator: z.string(), note: z.string() }),
  ),
  'log-export': z.strictObject({
    file: z.string(),
    format: z.enum(['template', 'markdown', 'json', 'jsonl', 'csv']),
    runs: z.number().int(),
  }),
  'log-sign': databases(z.strictObject({ name: z.string(), signature, file: z.string().nullable() })),
  'log-keygen': z.strictObject({ privateKey: z.string(), publicKey: z.string() }),
  release: databases(release),
  checklist: databases(checklist),
  metrics: z.strictObject({
    families: z.array(
      z.strictObject({
        name: z.string(),
        type: z.enum(['counter', 'gauge', 'histogram', 'info']),
        unit: z.literal('seconds').nullable(),
        help: z.string(),
        samples: z.array(
          z.strictObject({
            suffix: z.enum(['', '_total', '_bucket', '_sum', '_count', '_info']),
            labels: z.record(z.string(), z.string()),
            value: z.number(),
          }),
        ),
      }),
    ),
  }),
  new: z.strictObject({ name: z.string(), version: z.string(), files: z.array(z.string()) }),
  init: z.strictObject({ root: z.string(), files: z.array(z.string()) }),
  error: z.strictObject({
    error: z.strictObject({
      code: z.string(),
      message: z.string(),
      hint: z.string().nullable(),
      context: z.record(z.string(), z.unknown()),
    }),
  }),
  'journal-entry': journalEntry,
};

/** The published text of one schema. */
export function jsonSchemaText(name) {
  const schema = z.toJSONSchema(SCHEMAS[name], { reused: 'ref' });
  return `${JSON.stringify({ title: `surefoot ${name}`, ...schema }, null, 2)}\n`;
}
