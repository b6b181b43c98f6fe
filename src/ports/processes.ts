/** How a child process ended. Output is cut to its last lines. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface RunOptions {
  /** Added to the environment of this process, from which all variables of libpq (PG…) are taken out. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Each line, as it comes. */
  readonly onLine?: ((line: string, stream: 'output' | 'errors') => void) | undefined;
}

/** Other programs. */
export interface Processes {
  /** Runs a program and waits for its end. An aborted signal ends it with SIGTERM. Throws `program-failed` when it can't be started. */
  run(program: string, args: readonly string[], options: RunOptions): Promise<Ended>;
  /** Runs a line of the shell. */
  shell(line: string, options: RunOptions): Promise<Ended>;
  /** Absolute paths of a program: those of PATH first, then of the folders where PostgreSQL's packages put it. */
  find(program: string): readonly string[];
}
