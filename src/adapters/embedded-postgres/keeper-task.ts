import type { ServerState } from './state.ts';

/** What a keeper is to look after; the first message it gets. */
export type KeeperTask =
  | {
      readonly kind: 'project';
      readonly root: string;
      readonly major: number;
      readonly state: ServerState;
      /** Time without a client after which the server is stopped, in milliseconds. */
      readonly idleMs: number;
      /** Time between two looks at the clients, in milliseconds. */
      readonly pollMs: number;
    }
  | {
      /** Stops the server and removes the folders when the process that asked for it has ended. */
      readonly kind: 'throw-away';
      readonly data: string;
      readonly native: string;
      readonly folders: readonly string[];
    };

/** What a keeper answers: that it runs, then that it has taken its task over. */
export const KEEPER_SAYS = { up: 'up', watching: 'watching' } as const;

/** Whether a message is a task; it can only come from the parent process, which is surefoot. */
export function isKeeperTask(value: unknown): value is KeeperTask {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    (value.kind === 'project' || value.kind === 'throw-away')
  );
}
