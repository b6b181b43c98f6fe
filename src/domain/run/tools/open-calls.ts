import type { StepTools } from '../../../model/user-script.ts';
import { SurefootError } from '../../../model/errors.ts';

/** The calls that a function makes of its tools: none of them may go on, or begin, when the function is at its end. */
export interface OpenCalls {
  around(tools: StepTools): StepTools;
  /**
   * Runs the function, waits for the calls under way, then lets nothing more begin. Of what the function threw and of
   * the failures that it did not look at, throws what came first: what follows may only be a consequence.
   */
  settle(run: () => Promise<void>): Promise<void>;
}

/** Knows whether anybody looks at what becomes of it. */
class Call<T> extends Promise<T> {
  awaited = false;

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- that it is called is how it is known that somebody looks
  override then<A = T, B = never>(
    done?: ((value: T) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.awaited = true;
    // oxlint-disable-next-line promise/no-callback-in-promise -- they are the caller's own
    return super.then(done, failed);
  }

  /** Settled one way or the other, without being looked at. A failure nobody looks at does not end the process. */
  ended(onFailure: (error: unknown) => void): Promise<void> {
    return super.then(() => undefined, onFailure);
  }
}

export function openCalls(name: string): OpenCalls {
  const open = new Set<Promise<void>>();
  const failed: { readonly call: Call<unknown>; readonly error: unknown }[] = [];
  const state = { over: false };
  const track = <A extends readonly unknown[], T>(work: (...args: A) => Promise<T>): ((...args: A) => Promise<T>) => {
    return (...args) => {
      const site: { readonly stack?: string } = {};
      Error.captureStackTrace(site);
      const call = new Call<T>((resolve, reject) => {
        if (state.over) reject(tooLate(name));
        else work(...args).then(resolve, (error: unknown) => reject(calledAt(site, error)));
      });
      const ended = call.ended((error) => void failed.push({ call, error }));
      open.add(ended);
      void ended.finally(() => open.delete(ended));
      return call;
    };
  };
  return {
    around: (tools) => ({
      ...tools,
      sql: Object.assign(track(tools.sql), {
        query: track(tools.sql.query),
        script: track(tools.sql.script),
        id: tools.sql.id,
      }),
      copyRows: track(tools.copyRows),
      copyFromCsv: track(tools.copyFromCsv),
      rebuildTable: track(tools.rebuildTable),
    }),
    settle: async (run) => {
      let thrown: { readonly error: unknown; readonly behind: number } | null = null;
      try {
        await run();
      } catch (error) {
        const own = failed.findIndex((failure) => failure.error === error);
        thrown = { error, behind: own === -1 ? failed.length : own };
      }
      while (open.size > 0) await Promise.all(open);
      state.over = true;
      const unseen = failed.slice(0, thrown?.behind).find(({ call }) => !call.awaited);
      if (unseen !== undefined) throw unseen.error;
      if (thrown !== null) throw thrown.error;
    },
  };
}

/** What is not awaited one in the other leaves no trace of its caller: the line of the function is added. */
function calledAt(site: { readonly stack?: string }, error: unknown): unknown {
  if (error instanceof Error) error.stack = `${error.stack ?? ''}${site.stack?.replace(/^.*\n/u, '\n') ?? ''}`;
  return error;
}

function tooLate(name: string): SurefootError {
  return new SurefootError({
    code: 'step-failed',
    message: `${name} called its tools when its function had returned; nothing was done`,
    hint: 'Await every call of the function.',
  });
}
