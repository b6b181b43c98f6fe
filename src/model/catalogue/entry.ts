import type { ExitClass } from '../exit.ts';

/** One documented error: what it means and what to do, the source of docs/errors. */
export interface ErrorEntry {
  readonly exit: ExitClass;
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
}

export const entry = (exit: ExitClass, title: string, meaning: string, remedy: string): ErrorEntry => ({
  exit,
  title,
  meaning,
  remedy,
});
