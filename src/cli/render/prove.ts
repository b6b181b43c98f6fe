import type { ProofCheckResult } from '../../commands/check-proofs.ts';
import type { ProveResult, ProvenVersion } from '../../commands/prove.ts';
import {
  describeWithoutRows,
  type DifferenceKind,
  type ProofDifference,
  type ProofPhase,
  type ProofResult,
} from '../../model/proof.ts';
import type { Terminal } from '../terminal.ts';
import { paintAs, verbatim } from './schema-differences.ts';
import { hang, plural, renderTable, showDuration } from './table.ts';

const COLOURS: Readonly<Record<ProofResult, Parameters<Terminal['paint']>[0]>> = {
  proven: 'green',
  equivalent: 'yellow',
  irreversible: 'yellow',
  differs: 'red',
  lossy: 'red',
  failed: 'red',
};

const PHASES: Readonly<Record<ProofPhase, string>> = {
  up: 'applying it',
  down: 'after its rollback',
  'up-again': 'after applying it again',
  chain: 'when all is taken back from the last version on',
};

const KINDS: Readonly<Record<DifferenceKind, string>> = {
  added: 'left over',
  removed: 'missing',
  changed: 'different',
  'column-order': 'columns in another order',
  'system-names': 'another name given by the system',
  whitespace: 'another layout of its text',
  rows: 'other rows',
  'not-reproducible': 'not reproducible',
  failed: 'failed',
};

/** One line a version, then what was found, object by object. `nothing`: why there was nothing to prove. */
export function renderProve(result: ProveResult, terminal: Terminal, nothing: string): string {
  const versions = Object.entries(result.versions);
  const on = result.servers.length === 0 ? '' : ` on version ${result.servers.join(' and ')}`;
  const title = `${terminal.paint('bold', result.name)} (${result.engine}${on})`;
  if (versions.length === 0) return `${title}: nothing to prove, ${nothing}`;
  const lines = [
    title,
    ...renderTable(
      ['  version', 'result', 'took', 'migration'],
      versions.map(([version, proof]) => [
        `  ${version}`,
        terminal.paint(COLOURS[proof.result], resultText(proof)),
        showDuration(proof.durationMs),
        proof.name,
      ]),
      terminal.width,
    ),
  ];
  for (const [, proof] of versions) lines.push(...versionLines(proof, terminal));
  if (result.unfilled.length > 0) {
    lines.push(
      '',
      terminal.paint(
        'yellow',
        `  no rows could be made for ${plural(result.unfilled.length, 'table')}, so nothing is proven of their data:`,
      ),
    );
    for (const { table, reason } of result.unfilled) lines.push(...hang('    ', `${table}: ${reason}`, terminal.width));
  }
  const counts = countsOf(versions.map(([, proof]) => proof.result));
  lines.push(
    '',
    `  ${counts} in ${showDuration(result.durationMs)}${result.file === null ? '' : `; written to ${result.file}`}`,
  );
  return lines.join('\n');
}

export function renderProofCheck(result: ProofCheckResult, terminal: Terminal): string {
  const versions = Object.entries(result.versions);
  const bad = versions.filter(([, { reason }]) => reason !== null);
  const title = terminal.paint('bold', result.name);
  const doubts = versions.flatMap(([, { name, reason, withoutRows }]) =>
    reason !== null || withoutRows === null
      ? []
      : hang(`  ${terminal.paint('yellow', name)}  `, `proven ${describeWithoutRows(withoutRows)}`, terminal.width),
  );
  if (bad.length === 0)
    return [
      `${title}: ${versions.length === 0 ? 'no migrations' : `${plural(versions.length, 'migration')}, all with a valid proof`}`,
      ...doubts,
    ].join('\n');
  return [
    `${title}: ${String(bad.length)} of ${plural(versions.length, 'migration')} without a proof that holds`,
    ...bad.flatMap(([, { name, reason }]) => hang(`  ${terminal.paint('red', name)}  `, reason ?? '', terminal.width)),
    ...doubts,
    `  next: surefoot prove ${result.name}, and commit its proofs.json`,
  ].join('\n');
}

function resultText({ result, servers }: ProvenVersion): string {
  const different = new Set(Object.values(servers)).size > 1;
  return different
    ? Object.entries(servers)
        .map(([server, each]) => `${server}: ${each}`)
        .join(', ')
    : result;
}

function versionLines(proof: ProvenVersion, terminal: Terminal): string[] {
  const { differences, notes, withoutRows, positions } = proof;
  if (differences.length + notes.length + positions.length === 0 && withoutRows === undefined) return [];
  const lines = ['', `  ${terminal.paint('bold', proof.name)}`];
  const phases = [...new Set(differences.map(({ phase }) => phase))];
  for (const phase of phases) {
    lines.push(`    ${PHASES[phase]}:`);
    for (const difference of differences.filter((each) => each.phase === phase))
      lines.push(...differenceLines(difference, terminal));
  }
  if (withoutRows !== undefined)
    lines.push(...said(terminal, 'without rows: ', `it was proven ${describeWithoutRows(withoutRows)}`));
  for (const note of notes) lines.push(...said(terminal, 'note: ', note));
  if (positions.length > 0) {
    const moved = positions.map(({ object, before, after }) => `${object} ${before} → ${after}`).join(', ');
    lines.push(
      ...said(terminal, 'counters: ', `after its rollback they stand elsewhere, which is no difference: ${moved}`),
    );
  }
  return lines;
}

function said(terminal: Terminal, head: string, text: string): readonly string[] {
  return hang(`    ${terminal.paint('yellow', head)}`, text, terminal.width);
}

function differenceLines({ object, kind, detail }: ProofDifference, terminal: Terminal): string[] {
  return [
    `      ${terminal.paint('red', KINDS[kind])}: ${object}`,
    ...detail
      .split('\n')
      .flatMap((line) =>
        isVerbatim(line)
          ? verbatim(line, 8, terminal).map((part) => `        ${paintDiff(line, part, terminal)}`)
          : hang('        ', line, terminal.width),
      ),
  ];
}

/** Lines of a definition, a script or a row. */
function isVerbatim(line: string): boolean {
  return /^(?:[-+@ ]|\S+:\d+)/u.test(line);
}

function paintDiff(line: string, part: string, terminal: Terminal): string {
  return /^[-+]/u.test(line) ? paintAs(line, part, terminal) : part;
}

function countsOf(results: readonly ProofResult[]): string {
  const counts = new Map<ProofResult, number>();
  for (const result of results) counts.set(result, (counts.get(result) ?? 0) + 1);
  return [...counts].map(([result, count]) => `${String(count)} ${result}`).join(', ');
}
