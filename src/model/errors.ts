import { ERROR_CATALOGUE, type ErrorCode } from './error-catalogue.ts';
import { EXIT, type ExitCode } from './exit.ts';

/** Facts a program may read from an error: JSON-safe, never a password. */
export type ErrorContext = Readonly<Record<string, unknown>>;

export interface ErrorInit {
  readonly code: ErrorCode;
  /** What happened, naming file:line:column, object and database; no advice. */
  readonly message: string;
  /** The next command or act: one imperative sentence. */
  readonly hint?: string | undefined;
  readonly context?: ErrorContext | undefined;
  /** The message for the journal, without values of user data; the message itself when left out. */
  readonly record?: string | undefined;
  readonly cause?: unknown;
}

/** The only error class surefoot throws on purpose. `code` is stable and documented under docs/errors. */
export class SurefootError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly context: ErrorContext;
  readonly record: string | undefined;

  constructor(init: ErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'SurefootError';
    this.code = init.code;
    this.hint = init.hint;
    this.context = init.context ?? {};
    this.record = init.record;
  }

  /** The process exit code this error ends a command with. */
  get exitCode(): ExitCode {
    return EXIT[ERROR_CATALOGUE[this.code].exit];
  }

  /** The JSON document `--json` prints for an error. */
  toJSON(): { error: { code: ErrorCode; message: string; hint: string | null; context: ErrorContext } } {
    return {
      error: { code: this.code, message: this.message, hint: this.hint ?? null, context: this.context },
    };
  }

  /** The same error with more context, a new message or another hint. */
  with(change: Partial<Omit<ErrorInit, 'code'>> & { readonly code?: ErrorCode }): SurefootError {
    return new SurefootError({
      code: change.code ?? this.code,
      message: change.message ?? this.message,
      hint: change.hint ?? this.hint,
      context: { ...this.context, ...change.context },
      record: change.record ?? (change.message === undefined ? this.record : undefined),
      cause: change.cause ?? this.cause,
    });
  }
}

export function isSurefootError(value: unknown): value is SurefootError {
  return value instanceof SurefootError;
}

/** The text of anything thrown. */
export function messageOf(value: unknown): string {
  return value instanceof Error ? value.message : String(value);
}
