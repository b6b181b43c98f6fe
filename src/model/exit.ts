/** The five exit classes of every command, plus the two a signal gives. Never a count, never a bitmap. */
export const EXIT = {
  done: 0,
  finding: 1,
  usage: 2,
  failed: 3,
  refused: 4,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitClass = keyof typeof EXIT;
export type ExitCode = (typeof EXIT)[ExitClass];
