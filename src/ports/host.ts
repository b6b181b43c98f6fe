/** Who runs surefoot, and where. */
export interface Host {
  readonly operator: string;
  readonly host: string;
  readonly pid: number;
  /** Eight hex digits for the space in which process numbers mean the same: machine, boot and container. */
  readonly space: string;
  readonly toolVersion: string;
  /** The commit the working tree is at, with `+` where a file of the given folders differs; null outside git. */
  gitCommit(folder: string): Promise<string | null>;
  /**
   * Absolute paths of files below `folder` that differ from a git reference, those git does not know yet among them.
   * Throws SurefootError `usage` where there is no such reference.
   */
  changedSince(folder: string, reference: string): Promise<readonly string[]>;
  uuid(): string;
  /** Whether this machine has a process of this number in the space of this one. */
  isRunning(pid: number): boolean;
}
