import type { Argv } from 'yargs';
import { completing, completingTerminal } from '../complete-commands.ts';
import type { Pilot } from '../../domain/release/index.ts';
import { SurefootError } from '../../model/errors.ts';
import { outputOf, printJson, type CliContext } from '../context.ts';
import { runFlags, type RunFlags } from '../flags.ts';
import { renderRelease } from '../render/release.ts';
import type { ReleaseView } from '../release-view.ts';
import { absolute } from '../typed-path.ts';

interface ReleaseFlags extends RunFlags {
  readonly to?: string | undefined;
  readonly sign?: string | undefined;
  readonly answers?: string | undefined;
  readonly onFailure?: string | undefined;
  readonly giveUp?: string | undefined;
  readonly takeOver?: boolean | undefined;
}

export function releaseVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'release [database..]',
    'Walk the release checklist: prove, back up, migrate, verify, sign, log',
    (builder) =>
      runFlags(builder)
        .hide('all')
        .option('to', { type: 'string', describe: 'The last version to apply', requiresArg: true })
        .option('sign', {
          type: 'string',
          describe: 'Without a terminal: who signs the manual items that are open (with --yes)',
          requiresArg: true,
        })
        .option('answers', {
          type: 'string',
          describe: 'A filled list, as checklist --blank prints it, or its JSON',
          requiresArg: true,
        })
        .option('on-failure', {
          type: 'string',
          describe: 'Without a terminal: recommended, leave, or a way back such as roll-back',
          requiresArg: true,
        })
        .option('give-up', { type: 'string', describe: 'End the open release, for this reason', requiresArg: true })
        .option('take-over', {
          type: 'boolean',
          describe: 'Take the open release over from the one who is at it',
        })
        .example('$0 release crm --env production', 'a guided pass; left, it goes on from there')
        .example('$0 release crm --yes --sign "Ana Lima"', 'without a terminal'),
    async (flags) => runRelease(cli, flags),
  );
}

async function runRelease(cli: CliContext, flags: ReleaseFlags): Promise<void> {
  if ((flags.database?.length ?? 0) > 1 || flags.all)
    throw new SurefootError({
      code: 'usage',
      message: 'a release is of one database',
      hint: 'Name one, and release the next one after it.',
    });
  const { terminal, json } = outputOf(flags);
  const { createReleaseView } = await import('../release-view.ts');
  const { openTargets, openTracing } = await import('../open.ts');
  const { release } = await import('../../commands/release.ts');
  const view = createReleaseView(completingTerminal(terminal, flags), json);
  const tracing = await openTracing(view.progress);
  const { to, yes, sign, answers, onFailure, giveUp, takeOver } = flags;
  const ahead = yes || sign !== undefined || answers !== undefined || onFailure !== undefined;
  try {
    for (const target of await openTargets({
      flags: { ...flags, all: undefined },
      progress: tracing.progress,
      signal: cli.signal,
    })) {
      const guided = terminal.interactive && !json && !ahead;
      const signer = target.releases.twoPersons ? null : target.host.operator;
      const result = await release(target, {
        to,
        yes,
        sign,
        answers: absolute(answers),
        onFailure,
        giveUp,
        takeOver,
        onRelease: (event) => view.report(event),
        pilot: guided ? await guide(cli, view, flags, signer) : undefined,
      });
      view.close();
      const { exitCode, ...document } = result;
      if (json) printJson(terminal, { databases: [document] });
      else terminal.out(completing(renderRelease, flags)(result, terminal));
      cli.exitCode = exitCode;
    }
  } finally {
    view.close();
    await tracing.close();
  }
}

async function guide(cli: CliContext, view: ReleaseView, flags: ReleaseFlags, signer: string | null): Promise<Pilot> {
  const { createAsk, createGuidedPilot } = await import('../release-pilot.ts');
  return createGuidedPilot({
    terminal: completingTerminal(outputOf(flags).terminal, flags),
    view,
    ask: createAsk(cli.signal),
    signer,
  });
}
