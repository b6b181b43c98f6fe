/** The file system, synchronous. Paths are absolute. Failures are SurefootError `file-unreadable`, never raw errors. */
export interface Files {
  exists(path: string): boolean;
  isDirectory(path: string): boolean;
  /** Names of the entries of a folder, unsorted; null where there is none. */
  list(path: string): readonly string[] | null;
  /** Names of the symbolic links in a folder; none where there is no folder. */
  links(path: string): readonly string[];
  read(path: string): Uint8Array;
  /** The path with every symbolic link followed; the path itself where there is nothing. */
  realPath(path: string): string;
  /** Whether any user of the machine may write the file; false where there is none, and on systems without such modes. */
  writableByAll(path: string): boolean;
  /** Writes whole or not at all; makes the folders above. `secret`: nobody but this user may read it. */
  write(path: string, text: string, options?: { readonly secret?: boolean }): void;
  /** `write` for what can be made anew: where it can't be written, it is not. */
  keep(path: string, text: string): void;
  /** Adds lines at the end; makes the folders above. */
  append(path: string, text: string): void;
  remove(path: string): void;
}
