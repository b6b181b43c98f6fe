import type { Engine } from '../../model/engine.ts';
import type { Problem } from '../../model/problem.ts';
import { CHECK_DIRECTIVES, readDirective, reporter, reportUnknown, SCRIPT_DIRECTIVES } from './directive-line.ts';
import { PositionCursor } from '../position.ts';
import { scannerFor } from '../tokens/scanner.ts';
import { isComment, TOKEN } from '../tokens/token.ts';

/** The version an SQL sample is made for, as written with `-- @at <version>` in its leading comment; null without. */
export function parseSampleVersion(
  text: string,
  file: string,
  engine: Engine,
): { readonly at: string | null; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const report = reporter(file, problems);
  const cursor = new PositionCursor(text);
  const scanner = scannerFor(engine, text);
  let at: string | null = null;
  for (let kind = scanner.next(); isComment(kind); kind = scanner.next()) {
    const line = kind === TOKEN.lineComment ? readDirective(text, scanner.start, scanner.end, cursor) : null;
    if (line === null) continue;
    if (line.name !== 'at')
      reportUnknown(report, line, ['at'], {
        names: [...SCRIPT_DIRECTIVES, ...CHECK_DIRECTIVES],
        where: 'a migration or a verify script',
      });
    else if (at !== null || !/^[\d_]+$/u.test(line.value))
      report('directive-invalid', line.position, '@at wants one version', 'Write it once, like @at 008.');
    else at = line.value;
  }
  return { at, problems };
}
