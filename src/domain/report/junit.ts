/** One test case of a JUnit file. Durations in milliseconds. */
export interface JunitCase {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'absent';
  readonly detail: string;
  readonly durationMs: number | null;
  readonly file: string | null;
  readonly line: number | null;
}

export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

/** A JUnit XML file, as the servers of CI read it. What is absent is skipped, with the reason. */
export function renderJunit(suites: readonly JunitSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: 'surefoot', ...totals(all) })}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite ${attributes({ name, ...totals(cases) })}>`,
      ...cases.flatMap((each) => caseLines(name, each)),
      '  </testsuite>',
    ]),
    '</testsuites>',
  ].join('\n')}\n`;
}

function caseLines(suite: string, { name, outcome, detail, durationMs, file, line }: JunitCase): readonly string[] {
  const head = `    <testcase ${attributes({ classname: suite, name, time: seconds(durationMs ?? 0), file, line })}`;
  if (outcome === 'passed') return [`${head}/>`];
  const [summary = ''] = detail.split('\n');
  const inner =
    outcome === 'failed'
      ? `      <failure ${attributes({ message: summary })}>${escape(detail)}</failure>`
      : `      <skipped ${attributes({ message: summary })}/>`;
  return [`${head}>`, inner, '    </testcase>'];
}

function totals(cases: readonly JunitCase[]): Readonly<Record<string, string | number>> {
  const count = (outcome: JunitCase['outcome']): number => cases.filter((each) => each.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: count('failed'),
    skipped: count('absent'),
    time: seconds(cases.reduce((sum, each) => sum + (each.durationMs ?? 0), 0)),
  };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}="${escape(String(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`)
    .join(' ');
}

/** XML knows no control characters, not even escaped. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escape(text: string): string {
  return text.replaceAll(FORBIDDEN, '\uFFFD').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
