import type { Argv } from 'yargs';
import { completing } from '../complete-commands.ts';
import { SurefootError } from '../../model/errors.ts';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderProofCheck, renderProve } from '../render/prove.ts';
import { renderCommutes, renderRehearsals } from '../render/rehearsals.ts';

export function proveVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'prove [database..]',
    'Prove on a shadow that rollbacks restore schema and data',
    (builder) =>
      databaseFlags(builder)
        .option('all', {
          type: 'boolean',
          default: false,
          describe: 'All migrations; without a name, of all databases',
        })
        .option('from', { type: 'string', describe: 'First version to prove', requiresArg: true })
        .option('to', { type: 'string', describe: 'Last version to prove', requiresArg: true })
        .option('pending', { type: 'boolean', default: false, describe: 'What the database has not applied' })
        .option('changed-since', {
          type: 'string',
          describe: 'What has files that differ from this git reference',
          requiresArg: true,
        })
        .option('from-copy', {
          type: 'string',
          describe: 'Database or URL whose rows fill the shadow, from the version it is at',
          requiresArg: true,
        })
        .option('check', {
          type: 'boolean',
          default: false,
          describe: 'Only compare the recorded proofs with the files; starts nothing',
        })
        .option('faults', {
          type: 'boolean',
          default: false,
          describe: 'Rehearse crashes at every statement of a migration, each followed by another run',
        })
        .option('commutes', {
          type: 'boolean',
          default: false,
          describe: 'Run pending migrations that come late in both orders',
        })
        .option('major', {
          type: 'number',
          array: true,
          describe: 'Server version to prove on; several are possible',
          requiresArg: true,
        })
        .example('$0 prove crm', 'what has no valid proof yet')
        .example('$0 prove --all --check', 'in CI: are the recorded proofs of the files as they are?')
        .example('$0 prove caps --from 008 --major 15 18', 'from one version on, on two servers')
        .example('$0 prove crm --pending --from-copy crm-copy', 'with the rows of a copy of production')
        .example('$0 prove crm --pending --faults', 'what becomes of a crash in the middle of the next release'),
    async (flags) => {
      refuseTogether(flags);
      const range = { from: flags.from, to: flags.to, majors: flags.major?.map(wholeNumber) };
      if (flags.check) {
        const { checkProofs } = await import('../../commands/check-proofs.ts');
        await forEachDatabase(
          cli,
          flags,
          async (target) => Promise.resolve(checkProofs(target, range)),
          completing(renderProofCheck, flags),
          (result) => result.findings > 0,
          versionsOf,
        );
        return;
      }
      const major = range.majors?.[0];
      if (flags.faults) {
        const { rehearseFaults } = await import('../../commands/rehearse-faults.ts');
        const { pending, changedSince, fromCopy } = flags;
        const input = { ...range, major, pending, changedSince, fromCopy };
        await forEachDatabase(
          cli,
          flags,
          async (target) => rehearseFaults(target, input),
          completing(renderRehearsals, flags),
          (result) => result.findings > 0,
        );
        return;
      }
      if (flags.commutes) {
        const { proveCommutes } = await import('../../commands/prove-commutes.ts');
        await forEachDatabase(
          cli,
          flags,
          async (target) => proveCommutes(target, { major }),
          completing(renderCommutes, flags),
          (result) => result.findings > 0,
        );
        return;
      }
      const { prove } = await import('../../commands/prove.ts');
      await forEachDatabase(
        cli,
        flags,
        async (target) =>
          prove(target, {
            ...range,
            every: flags.all,
            pending: flags.pending,
            changedSince: flags.changedSince,
            fromCopy: flags.fromCopy,
          }),
        (result, terminal) => renderProve(result, terminal, whyNothing(flags)),
        (result) => result.findings > 0,
        versionsOf,
      );
    },
  );
}

/** Where one database was asked for, its versions also stand at the top, as they do in proofs.json. */
function versionsOf(results: readonly { readonly versions: object }[]): Readonly<Record<string, unknown>> {
  const [only] = results;
  return results.length === 1 && only !== undefined ? { versions: only.versions } : {};
}

function whyNothing(flags: { readonly pending: boolean; readonly changedSince?: string | undefined }): string {
  if (flags.pending) return 'nothing is pending';
  return flags.changedSince === undefined
    ? 'every migration has a valid proof; --all proves them anew'
    : `no file differs from ${flags.changedSince}`;
}

/** Flags of which only one can be meant. */
function refuseTogether(flags: {
  readonly check: boolean;
  readonly faults: boolean;
  readonly commutes: boolean;
  readonly pending: boolean;
  readonly changedSince?: string | undefined;
  readonly fromCopy?: string | undefined;
}): void {
  const modes = [
    flags.check ? '--check' : null,
    flags.faults ? '--faults' : null,
    flags.commutes ? '--commutes' : null,
  ];
  const choices = [flags.pending ? '--pending' : null, flags.changedSince === undefined ? null : '--changed-since'];
  const copy = flags.fromCopy === undefined ? null : '--from-copy';
  const groups = [
    modes,
    choices,
    [flags.check ? '--check' : null, flags.commutes ? '--commutes' : null, copy],
    flags.check || flags.commutes ? [...modes, ...choices] : [],
  ];
  const given = groups.map((group) => group.filter((name) => name !== null)).find((group) => group.length > 1);
  if (given === undefined) return;
  throw new SurefootError({
    code: 'usage',
    message: `${given.join(' and ')} can not be given together`,
    hint: 'Leave out all but one of them.',
  });
}

function wholeNumber(value: number): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw new SurefootError({
    code: 'usage',
    message: `--major ${String(value)} is not a major version`,
    hint: 'Write it like --major 18.',
  });
}
