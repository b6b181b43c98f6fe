import type { ErrorCode } from './error-catalogue.ts';

/** One thing wrong in one file; many are gathered and reported at once. */
export interface Problem {
  readonly code: ErrorCode;
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly hint: string | null;
}
