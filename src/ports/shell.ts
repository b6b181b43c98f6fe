/** A command that has ended. */
export interface Ended {
  /** Exit code; 128 and the signal's number where a signal ended it. */
  readonly code: number;
  /** What it wrote to both outputs, the last 64 KiB. */
  readonly output: string;
}

/** Runs commands that an item of a checklist names. Standard input is empty. */
export interface Shell {
  /** A line for the shell of the system. Throws `interrupted` when the signal is aborted. */
  run(line: string, options: ShellOptions): Promise<Ended>;
  /** surefoot itself, with these words. */
  surefoot(words: readonly string[], options: ShellOptions): Promise<Ended>;
}

export interface ShellOptions {
  /** Working directory, absolute. */
  readonly folder: string;
  readonly signal: AbortSignal;
}
