import type { Argv } from 'yargs';
import { HAZARDS } from '../model/plan.ts';

/** Flags of every command. */
export interface SharedFlags {
  readonly config?: string | undefined;
  readonly url?: string | undefined;
  readonly directUrl?: string | undefined;
  readonly env?: string | undefined;
  readonly envFile?: string | undefined;
  readonly json: boolean;
  readonly color: boolean;
  readonly verbose: boolean;
}

/** Flags of the commands that look at databases. */
export interface DatabaseFlags extends SharedFlags {
  readonly database?: readonly string[] | undefined;
  /** Undefined where the command is of one database. */
  readonly all?: boolean | undefined;
}

/** Flags of the commands that run something. */
export interface RunFlags extends DatabaseFlags {
  readonly yes: boolean;
  readonly lockWait?: string | undefined;
  readonly allow?: readonly string[] | undefined;
}

export function sharedFlags<T>(yargs: Argv<T>): Argv<T & SharedFlags> {
  return (
    yargs
      // What a command alone has comes first.
      .group([], 'Positionals:')
      .group([], 'Options:')
      .option('config', { type: 'string', describe: 'Configuration file', requiresArg: true })
      .option('url', { type: 'string', describe: 'Database URL; no configuration file is read', requiresArg: true })
      .option('direct-url', {
        type: 'string',
        describe: 'Connect here instead, past a pooler; the rest is as configured',
        requiresArg: true,
      })
      .option('env', { type: 'string', describe: 'Environment whose policies hold', requiresArg: true })
      .option('env-file', { type: 'string', describe: 'Read variables from this file first', requiresArg: true })
      .option('json', { type: 'boolean', default: false, describe: 'One JSON document on standard output' })
      .option('color', { type: 'boolean', default: true, describe: 'Colours; --no-color turns them off' })
      .option('verbose', { type: 'boolean', default: false, describe: 'Show the stack of an error' })
      .group(
        ['config', 'url', 'direct-url', 'env', 'env-file', 'json', 'color', 'verbose', 'help', 'version'],
        'Shared options:',
      )
  );
}

export function databaseFlags<T>(yargs: Argv<T>): Argv<T & DatabaseFlags> {
  return sharedFlags(yargs)
    .positional('database', {
      type: 'string',
      array: true,
      describe: 'Databases by name; the only one configured when left out',
    })
    .option('all', { type: 'boolean', default: false, describe: 'All configured databases' }) as unknown as Argv<
    T & DatabaseFlags
  >;
}

export function runFlags<T>(yargs: Argv<T>): Argv<T & RunFlags> {
  return databaseFlags(yargs)
    .option('yes', { type: 'boolean', alias: 'y', default: false, describe: 'Do not ask' })
    .option('lock-wait', { type: 'string', describe: 'How long to wait for another run (60s)', requiresArg: true })
    .option('allow', {
      type: 'string',
      array: true,
      choices: HAZARDS,
      describe: 'Allow a hazard that the environment refuses',
    });
}
