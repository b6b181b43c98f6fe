import * as z from 'zod';
import { closest } from '../model/closest.ts';
import type { Config } from '../model/config.ts';
import { parseDuration } from '../model/duration.ts';
import { SurefootError } from '../model/errors.ts';
import { HAZARDS } from '../model/plan.ts';

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== null, { error: 'not a duration: write it like 2s, 500ms or 15min' });

const database = z.strictObject({
  url: z.string().min(1),
  migrations: z.string().optional(),
  rollbacks: z.string().optional(),
  verify: z.string().optional(),
});

const environment = z.strictObject({
  requireVerification: z.boolean().optional(),
  confirm: z.boolean().optional(),
  lockTimeout: duration.optional(),
  statementTimeout: duration.optional(),
  lockWait: duration.optional(),
  refuseHazards: z.array(z.enum(HAZARDS)).optional(),
});

const schema = z.strictObject({
  databases: z.record(
    z.string().regex(/^[A-Za-z][\w-]*$/u, 'a database name begins with a letter and holds letters, digits, _ and -'),
    database,
  ),
  environments: z.record(z.string(), environment).optional(),
});

const KNOWN_KEYS = [...Object.keys(schema.shape), ...Object.keys(database.shape), ...Object.keys(environment.shape)];

/** Turns what a configuration file exports into a Config, or throws `config-invalid` with every problem at once. */
export function parseConfig(value: unknown, file: string): Config {
  const result = schema.safeParse(value);
  if (result.success) {
    if (Object.keys(result.data.databases).length > 0) return result.data;
    throw invalid(file, ['databases: at least one database is needed']);
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

function invalid(file: string, problems: readonly string[]): SurefootError {
  return new SurefootError({
    code: 'config-invalid',
    message: `${file} has ${problems.length === 1 ? 'a problem' : `${String(problems.length)} problems`}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    hint: 'Correct the listed keys.',
    context: { file, problems },
  });
}
