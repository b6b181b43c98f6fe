/** Who runs surefoot, and where. */
export interface Host {
  readonly operator: string;
  readonly host: string;
  readonly pid: number;
  readonly toolVersion: string;
  /** The commit the working tree is at, with `+` where a file of the given folders differs; null outside git. */
  gitCommit(folder: string): Promise<string | null>;
  uuid(): string;
}
