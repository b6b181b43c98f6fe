import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { closest } from '../model/closest.ts';
import type { Config } from '../model/config.ts';
import { parseDuration } from '../model/duration.ts';
import { SurefootError } from '../model/errors.ts';
import { HAZARDS } from '../model/plan.ts';
import { databaseKey } from './same-database.ts';

// The small zod brings no messages of its own.
z.config(en());

const duration = z
  .string()
  .check(
    z.refine((text) => parseDuration(text) !== null, { error: 'not a duration: write it like 2s, 500ms or 15min' }),
  );

const count = z.int().check(z.minimum(1), z.maximum(1000));

const backups = z.strictObject({
  folder: z.optional(z.string().check(z.minLength(1))),
  keep: z.optional(count),
  maxAge: z.optional(duration),
  command: z.optional(z.string().check(z.minLength(1))),
  restoreCommand: z.optional(z.string().check(z.minLength(1))),
  jobs: z.optional(count),
});

const ignore = z.strictObject({
  schemas: z.optional(z.array(z.string())),
  partitionsOf: z.optional(z.array(z.string())),
});

const database = z.strictObject({
  url: z.string().check(z.minLength(1)),
  directUrl: z.optional(z.string().check(z.minLength(1))),
  migrations: z.optional(z.string()),
  rollbacks: z.optional(z.string()),
  verify: z.optional(z.string()),
  ignore: z.optional(ignore),
  maintenance: z.optional(z.string().check(z.minLength(1))),
  backups: z.optional(backups),
  shadow: z.optional(z.literal('target')),
});

const timeZone = z.string().check(z.refine(isTimeZone, { error: 'not a time zone: write it like Europe/Berlin' }));

const window = z.strictObject({
  days: z.optional(z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).check(z.minLength(1))),
  hours: z.optional(
    z
      .string()
      .check(
        z.regex(
          /^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/u,
          'not hours of a day: write them like 22:00-04:00',
        ),
      ),
  ),
  timeZone: z.optional(timeZone),
  connections: z.optional(z.int().check(z.minimum(0))),
});

const environment = z.strictObject({
  requireVerification: z.optional(z.boolean()),
  requireProof: z.optional(z.boolean()),
  acceptEquivalent: z.optional(z.boolean()),
  requireRows: z.optional(z.boolean()),
  refuseDrift: z.optional(z.boolean()),
  confirm: z.optional(z.boolean()),
  lockTimeout: z.optional(duration),
  statementTimeout: z.optional(duration),
  lockWait: z.optional(duration),
  lockRetries: z.optional(z.int().check(z.minimum(0))),
  lockRetryTime: z.optional(duration),
  lockQueueTime: z.optional(duration),
  preflight: z.optional(z.boolean()),
  connections: z.optional(z.enum(['report', 'block'])),
  backupMaxAge: z.optional(duration),
  backup: z.optional(z.literal('before')),
  refuseHazards: z.optional(z.array(z.enum(HAZARDS))),
  maskLiterals: z.optional(z.boolean()),
  twoPersons: z.optional(z.boolean()),
  window: z.optional(window),
});

const schema = z.strictObject({
  databases: z.record(
    z
      .string()
      .check(z.regex(/^[A-Za-z][\w-]*$/u, 'a database name begins with a letter and holds letters, digits, _ and -')),
    database,
  ),
  environments: z.optional(z.record(z.string(), environment)),
});

const KNOWN_KEYS = [schema, database, backups, ignore, environment, window].flatMap(({ shape }) => Object.keys(shape));

/** Every key there is, each once. */
export const CONFIG_KEYS: readonly string[] = [...new Set(KNOWN_KEYS)];

/** Turns what a configuration file exports into a Config, or throws `config-invalid` with every problem at once. */
export function parseConfig(value: unknown, file: string): Config {
  const result = schema.safeParse(value);
  if (result.success) {
    const { databases } = result.data;
    const problems =
      Object.keys(databases).length === 0 ? ['databases: at least one database is needed'] : twins(databases);
    if (problems.length === 0) return result.data;
    throw invalid(file, problems);
  }
  throw invalid(
    file,
    result.error.issues.flatMap((issue) => {
      const path = issue.path.map(String).join('.');
      if (issue.code !== 'unrecognized_keys') return [`${path === '' ? 'the default export' : path}: ${issue.message}`];
      return issue.keys.map((key) => {
        const near = closest(key, KNOWN_KEYS);
        return `${path === '' ? key : `${path}.${key}`}: unknown key${near === null ? '' : `; did you mean ${near}?`}`;
      });
    }),
  );
}

/** Two names of one database would write their versions into one history. */
function twins(databases: Config['databases']): readonly string[] {
  const names = new Map<string, string>();
  return Object.entries(databases).flatMap(([name, { url }]) => {
    const key = databaseKey(url);
    if (key === null) return [];
    const other = names.get(key);
    if (other !== undefined)
      return [`databases.${name}.url: the same database as databases.${other}, and one database has one history`];
    names.set(key, name);
    return [];
  });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function invalid(file: string, problems: readonly string[]): SurefootError {
  return new SurefootError({
    code: 'config-invalid',
    message: `${file} has ${problems.length === 1 ? 'a problem' : `${String(problems.length)} problems`}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    hint: 'Correct the listed keys.',
    context: { file, problems },
  });
}
