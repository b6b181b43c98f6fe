import { windowAt } from '../../domain/release/index.ts';
import { withSession } from '../../domain/run/index.ts';
import type { ItemContext, ItemResult } from '../../model/contribution.ts';
import type { CommandTarget } from '../parts/target.ts';
import { counts } from './counts.ts';

/** Whether now is a time at which this database may be changed. */
export async function window(target: CommandTarget): Promise<ItemResult> {
  const { window: configured } = target.releases;
  if (configured === null || (configured.days === undefined && configured.hours === undefined))
    return Promise.resolve({ state: 'absent', detail: 'no maintenance window is configured' });
  const { open, detail } = windowAt(configured, target.clock.now());
  return Promise.resolve({ state: open ? 'passed' : 'failed', detail });
}

/** Who else is connected, held against what is allowed. */
export async function connections(target: CommandTarget, { exists }: ItemContext): Promise<ItemResult> {
  if (!exists) return { state: 'absent', detail: 'the database does not exist yet' };
  const { database } = target;
  const others = await withSession(target, false, async (session) => database.activity.others(session));
  if (others === null) return { state: 'absent', detail: 'this machine does not tell who has the file open' };
  const total = others.reduce((sum, each) => sum + each.count, 0);
  const shown = others
    .slice(0, 5)
    .map(
      (each) =>
        `${each.who}${each.state === null ? '' : ` ${each.state}`}${each.count === 1 ? '' : ` × ${String(each.count)}`}`,
    );
  const more = others.length > 5 ? ` and ${String(others.length - 5)} more kinds` : '';
  const detail =
    total === 0 ? 'nobody else is connected' : `${counts(total, 'connection')}: ${shown.join('; ')}${more}`;
  const figures = [{ name: 'connections', value: total, unit: null }];
  const limit = target.releases.window?.connections;
  if (limit === undefined)
    return {
      state: total === 0 ? 'passed' : 'absent',
      detail: total === 0 ? detail : `${detail}; no limit is configured`,
      figures,
    };
  return total <= limit
    ? { state: 'passed', detail, figures }
    : { state: 'failed', detail: `${detail}; ${String(limit)} at most are allowed`, figures };
}
