import { readHistory } from '../../domain/journal/index.ts';
import { refuseHazards, withSession } from '../../domain/run/index.ts';
import type { ItemContext, WayBack } from '../../model/contribution.ts';
import { isSurefootError } from '../../model/errors.ts';
import { plan } from '../plan.ts';
import { rollback } from '../rollback.ts';
import type { CommandTarget } from '../parts/target.ts';
import { verify } from '../verify.ts';
import { counts } from './counts.ts';
import { envOf } from './env-of.ts';

/** Back to where the release began, by the rollbacks: each is verified before it commits, and what stays afterwards. */
export function rollBack(target: CommandTarget): WayBack {
  const { name } = target.database;
  const commandOf = ({ from }: ItemContext): string => `surefoot rollback ${name} --to ${from ?? '0'}${envOf(target)}`;
  return {
    id: 'roll-back',
    title: 'Roll back now',
    look: async (context) => {
      const command = commandOf(context);
      try {
        const back = await plan(target, { direction: 'down', to: context.from ?? '0' });
        refuseHazards(back, target.settings);
        const drops = back.steps.flatMap((step) => step.hazards).filter(({ hazard }) => hazard === 'drops-data').length;
        const unchecked = back.steps.filter((step) => step.verification === 'absent').map((step) => step.version);
        const why = [
          `${counts(back.steps.length, 'rollback')}, each checked before it commits`,
          ...(drops === 0 ? [] : ['what was written to the new tables and columns since is lost']),
          ...(unchecked.length === 0 ? [] : [`no verify script for ${unchecked.join(', ')}`]),
        ].join('; ');
        return {
          open: back.steps.length > 0,
          why: back.steps.length === 0 ? 'nothing newer is applied' : why,
          command,
        };
      } catch (error) {
        if (!isSurefootError(error)) throw error;
        return { open: false, why: error.message, command };
      }
    },
    run: async (context) => {
      const back = await rollback(target, { to: context.from ?? '0', confirm: async () => Promise.resolve(true) });
      const checks = back.steps.flatMap((step) => step.checks);
      const unchecked = back.steps.filter((step) => !step.checks.some((check) => check.when === 'rolled-back'));
      const stays = await verify(target, {});
      const where = await lastApplied(target);
      const detail = [
        `${counts(back.steps.length, 'migration')} rolled back, ${where === null ? 'nothing is applied' : `${where} is the last applied`}`,
        `${counts(checks.length, 'check')} passed before the commits`,
        ...(unchecked.length === 0
          ? []
          : [`no rolled-back check for ${unchecked.map((step) => step.version).join(', ')}`]),
        stays.checks.length === 0
          ? 'nothing that stays has checks'
          : `of what stays ${String(stays.passed)} of ${counts(stays.checks.length, 'check')} passed`,
      ].join('; ');
      return { state: stays.failed === 0 ? 'passed' : 'failed', detail };
    },
  };
}

async function lastApplied(target: CommandTarget): Promise<string | null> {
  return withSession(
    target,
    false,
    async (session) => (await readHistory(target.database, session)).applied.at(-1)?.version.text ?? null,
  );
}
