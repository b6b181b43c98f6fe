import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from './context.ts';

/** Puts into the journal that the connection was lost on the way of a step, and what became of it. */
export async function noteReconnected(context: RunContext, { plan }: PreparedStep, note: string): Promise<void> {
  const { recorder, session } = context;
  const { version, name, direction } = plan;
  await recorder.append(
    session,
    recorder.entry({ event: 'reconnected', outcome: 'succeeded', version, name, direction, notes: [note] }),
  );
}
