import { formatBytes } from '../../../model/bytes.ts';
import { formatDuration } from '../../../model/duration.ts';
import type { ReplicaFact, SlotFact } from '../../../model/target-facts.ts';
import { block, ok, plural, showList, warn, type PreflightCheck, type PreflightFinding } from '../check.ts';

const MUCH_BYTES = 100_000_000;
const TOO_MUCH_BYTES = 2_000_000_000;
const LONG_MS = 30_000;
const TOO_LONG_MS = 10 * 60_000;

export const REPLICATION: PreflightCheck = {
  name: 'replication',
  title: 'Replication lag and slots',
  examine: ({ facts: { replicas, slots } }) => {
    if (slots.is !== 'known')
      return { outcome: slots.is === 'none' ? 'not applicable' : 'unknown', figure: slots.why, remedy: null };
    const bad = slots.value.filter((slot) => slot.state === 'lost' || slot.state === 'unreserved');
    const held = slots.value.filter((slot) => !slot.active);
    const fromSlots = judgeSlots(slots.value, bad, held);
    if (replicas.is !== 'known') {
      return fromSlots.outcome === 'ok'
        ? { outcome: 'unknown', figure: `${fromSlots.figure}; replicas: ${replicas.why}`, remedy: null }
        : fromSlots;
    }
    const fromReplicas = judgeReplicas(replicas.value);
    const rank = { ok: 0, warn: 1, block: 2, unknown: 0, 'not applicable': 0 } as const;
    const worst = rank[fromReplicas.outcome] > rank[fromSlots.outcome] ? fromReplicas : fromSlots;
    return { ...worst, figure: `${fromReplicas.figure}; ${fromSlots.figure}` };
  },
};

function judgeReplicas(replicas: readonly ReplicaFact[]): PreflightFinding {
  const [last] = replicas.toSorted((a, b) => (b.lagBytes ?? 0) - (a.lagBytes ?? 0));
  if (last === undefined) return ok('no replicas');
  const bytes = last.lagBytes ?? 0;
  const ms = Math.max(...replicas.map((replica) => replica.lagMs ?? 0));
  const figure = `${plural(replicas.length, 'replica')}, the last (${last.name}, ${last.state}) is ${formatBytes(bytes)} and ${formatDuration(ms)} behind`;
  const remedy = 'Wait until the replicas have caught up: a migration writes much at once.';
  if (bytes > TOO_MUCH_BYTES || ms > TOO_LONG_MS) return block(figure, remedy);
  return bytes > MUCH_BYTES || ms > LONG_MS ? warn(figure, remedy) : ok(figure);
}

function judgeSlots(slots: readonly SlotFact[], bad: readonly SlotFact[], held: readonly SlotFact[]): PreflightFinding {
  if (slots.length === 0) return ok('no slots');
  const describe = (slot: SlotFact): string =>
    `${slot.name} keeps ${formatBytes(slot.retainedBytes ?? 0)}${slot.state === null ? '' : ` (${slot.state})`}`;
  if (bad.length > 0)
    return block(
      `slots about to lose what they need: ${showList(bad.map(describe))}`,
      'Let their consumers catch up, or drop the slots.',
    );
  if (held.length === 0) return ok(plural(slots.length, 'active slot'));
  const figure = `nobody reads ${plural(held.length, 'slot')}: ${showList(held.map(describe))}`;
  const remedy =
    'Start its consumer, or drop it with SELECT pg_drop_replication_slot(name): what it keeps fills the disk.';
  return held.some((slot) => (slot.retainedBytes ?? 0) > TOO_MUCH_BYTES) ? block(figure, remedy) : warn(figure, remedy);
}
