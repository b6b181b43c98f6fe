/** One named thing to run. */
export interface Runnable {
  readonly name: string;
  run(): Promise<void>;
}

/** Runs an explicit list in the order given and stops at the first failure, which it throws unwrapped. It decides nothing. */
export interface Executor {
  execute(list: readonly Runnable[]): Promise<void>;
}
