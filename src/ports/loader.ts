/** Loads TypeScript (and JavaScript) files without a build step; `surefoot` in them is the running one. */
export interface Loader {
  /** The default export. Errors are SurefootError `typescript-failed` with the file's own line. */
  load(path: string): Promise<unknown>;
  /** The default export of source text that has no file any more and imports nothing but surefoot. */
  evaluate(source: string, name: string): Promise<unknown>;
}
