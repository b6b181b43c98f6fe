import type { ContributedFinding, ReportBlock } from '../../model/contribution.ts';
import type { DatabaseReport, Report } from '../../model/report.ts';
import type { JunitCase, JunitSuite } from './junit.ts';

/** Everything in a report that is not as it should be, for code scanning; each once. */
export function findingsOf({ databases }: Report): readonly ContributedFinding[] {
  const found = new Map<string, ContributedFinding>();
  for (const block of databases.flatMap(allBlocks))
    for (const finding of findingsIn(block)) found.set(JSON.stringify(finding), finding);
  return [...found.values()];
}

/** A suite for each migration with its checks as cases, and one for each section that has findings or checks. */
export function suitesOf({ databases }: Report): readonly JunitSuite[] {
  return databases.flatMap(({ name, sections, migrations }) => [
    ...migrations.map((migration) => {
      const cases = casesIn(migration.parts.flatMap(({ blocks }) => blocks));
      return { name: `${name}.${migration.name}`, cases: cases.length === 0 ? [NO_CHECK] : cases };
    }),
    ...sections.flatMap(({ id, blocks }) => {
      const cases = id === 'failed-checks' ? [] : casesIn(blocks);
      return cases.length === 0 ? [] : [{ name: `${name}.${id}`, cases }];
    }),
  ]);
}

const NO_CHECK: JunitCase = {
  name: 'checks',
  outcome: 'absent',
  detail: 'no check has run',
  durationMs: null,
  file: null,
  line: null,
};

function casesIn(blocks: readonly ReportBlock[]): readonly JunitCase[] {
  return blocks.flatMap((block): readonly JunitCase[] => {
    if (block.kind === 'checks')
      return block.checks.map((check) => ({
        name: check.name,
        outcome: check.outcome === 'failed' && check.severity === 'warning' ? 'passed' : check.outcome,
        detail: `expected ${check.expected}, actual ${check.actual}${check.detail === null ? '' : `\n${check.detail}`}`,
        durationMs: check.durationMs,
        file: check.file,
        line: check.line,
      }));
    if (block.kind !== 'findings') return [];
    return block.findings.map(({ rule, severity, message, file, line }) => ({
      name: rule,
      outcome: severity === 'error' ? 'failed' : 'passed',
      detail: message,
      durationMs: null,
      file,
      line,
    }));
  });
}

function findingsIn(block: ReportBlock): readonly ContributedFinding[] {
  if (block.kind === 'findings') return block.findings;
  if (block.kind !== 'checks') return [];
  return block.checks.flatMap((check) =>
    check.outcome === 'passed'
      ? []
      : [
          {
            severity: check.severity,
            rule: 'check-failed',
            message: `${check.name}: expected ${check.expected}, actual ${check.actual}`,
            file: check.file,
            line: check.line,
          },
        ],
  );
}

function allBlocks({ sections, migrations }: DatabaseReport): readonly ReportBlock[] {
  return [
    ...migrations.flatMap(({ parts }) => parts.flatMap(({ blocks }) => blocks)),
    ...sections.flatMap(({ blocks }) => blocks),
  ];
}
