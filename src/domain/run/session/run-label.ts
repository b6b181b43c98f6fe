import type { Host } from '../../../ports/host.ts';

/** What a run calls itself where an engine has room for a name of 63 bytes: the end may be cut off. */
export function runLabel(host: Host, runId: string): string {
  return `run ${runId} ${String(host.pid)}@${host.space} ${host.operator}@${host.host}`;
}

export interface RunName {
  readonly runId: string;
  /** Process of the run, and the space its number means something in: see Host. */
  readonly pid: number;
  readonly space: string;
  /** `operator@host`, perhaps cut off. */
  readonly who: string;
}

/** Null for a label that no run gave itself. */
export function parseRunLabel(label: string | null): RunName | null {
  const [, runId, pid, space, who] = /^run ([0-9a-f-]{36}) (\d+)@([0-9a-f]{8}) ?(.*)$/u.exec(label ?? '') ?? [];
  return runId === undefined || pid === undefined || space === undefined
    ? null
    : { runId, pid: Number(pid), space, who: who ?? '' };
}
