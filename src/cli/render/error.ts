import { isSurefootError, messageOf } from '../../model/errors.ts';
import type { Terminal } from '../terminal.ts';

/** An error for a person: code, message, next command. The stack only when asked for. */
export function renderError(error: unknown, terminal: Terminal, verbose: boolean): string {
  const stack = verbose && error instanceof Error && error.stack !== undefined ? `\n${error.stack}` : '';
  if (!isSurefootError(error)) {
    return `${terminal.paint('red', 'error internal')}: ${messageOf(error)}\n  ${terminal.paint('bold', 'next')}: This is a bug in surefoot; report it with the output of --verbose.${stack}`;
  }
  const hint = error.hint === undefined ? '' : `\n  ${terminal.paint('bold', 'next')}: ${error.hint}`;
  return `${terminal.paint('red', `error ${error.code}`)}: ${error.message}${hint}${stack}`;
}
