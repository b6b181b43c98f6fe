import type { ReleaseResult } from '../../commands/release.ts';
import type { ItemResult, ItemState } from '../../model/contribution.ts';
import type { Terminal } from '../terminal.ts';
import { plural, showDuration, wrap } from './table.ts';

const SIGNS = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  absent: ['–', 'yellow'],
  blocked: ['■', 'red'],
  open: ['○', 'cyan'],
} as const satisfies Record<ItemState, readonly [string, string]>;

/** What a line about an item needs. */
export interface ItemLine {
  readonly title: string;
  readonly state: ItemState;
  readonly detail: string;
  readonly signedBy: string | null;
  readonly durationMs: number | null;
  readonly result: ItemResult | null;
  readonly kept: boolean;
}

/** One settled item: its sign and title, below it what was found, and what is not as it should be. `titled`: its title is there. */
export function renderItem(item: ItemLine, terminal: Terminal, titled = false): readonly string[] {
  const [sign, colour] = SIGNS[item.state];
  const time = item.durationMs === null || item.durationMs < 1000 ? '' : `  ${showDuration(item.durationMs)}`;
  const word = item.state === 'passed' ? '' : `${item.state}: `;
  const signed = item.signedBy === null ? '' : `${item.state === 'passed' ? 'signed by ' : ''}${item.signedBy}: `;
  const said = `${word}${signed}${item.detail}${item.kept ? ' (settled before)' : ''}`;
  const findings = (item.result?.findings ?? []).slice(0, 10);
  const more = (item.result?.findings?.length ?? 0) - findings.length;
  const [first = '', ...others] = wrap(said, terminal.width - 8).map((line) => terminal.paint('dim', line));
  return [
    ...(titled
      ? [`    ${terminal.paint(colour, sign)} ${first}`]
      : [...renderTitle(terminal.paint(colour, sign), `${item.title}${time}`, terminal), `      ${first}`]),
    ...others.map((line) => `      ${line}`),
    ...findings.flatMap((finding) => {
      const place =
        finding.file === null ? '' : `${finding.file}${finding.line === null ? '' : `:${String(finding.line)}`}: `;
      return wrap(`${place}${finding.rule}: ${finding.message}`, terminal.width - 8).map((line, index) =>
        index === 0
          ? `      ${terminal.paint(finding.severity === 'error' ? 'red' : 'yellow', '•')} ${line}`
          : `        ${line}`,
      );
    }),
    ...(more > 0 ? [`      and ${plural(more, 'finding')} more`] : []),
  ];
}

/** The title of an item behind its sign, on as many lines as it needs. */
export function renderTitle(sign: string, title: string, terminal: Terminal): readonly string[] {
  return wrap(title, terminal.width - 4).map(
    (line, index) => `  ${index === 0 ? sign : ' '} ${terminal.paint('bold', line)}`,
  );
}

/** How a release stands in the end, and the next commands. */
export function renderRelease(result: ReleaseResult, terminal: Terminal): string {
  const { name, release, outcome, items, stoppedAt } = result;
  const counted = (['passed', 'failed', 'absent', 'blocked'] as const)
    .map((state) => ({ state, count: items.filter((item) => item.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${String(count)} ${state}`);
  const head = `${terminal.paint('bold', name)}: release ${release?.id.slice(0, 8) ?? ''}`;
  const time =
    release?.finishedAt == null
      ? ''
      : ` in ${showDuration(Date.parse(release.finishedAt) - Date.parse(release.startedAt))}`;
  const tally = counted.length === 0 ? '' : ` (${counted.join(', ')})`;
  if (outcome === 'succeeded')
    return `${head} ${terminal.paint('green', `succeeded${time}`)}${tally}\n  surefoot checklist ${name} prints it for the ticket`;
  const at = items.find((item) => item.id === stoppedAt)?.title ?? null;
  const lines = [
    outcome === 'open'
      ? `${head} is ${terminal.paint('yellow', 'open')}${tally}`
      : `${head} ${terminal.paint('red', outcome === 'failed' ? `failed${time}` : `was given up${time}`)}${tally}`,
    ...wrap(`${at === null ? '' : `${at}: `}${result.detail}`, terminal.width - 2).map((line) => `  ${line}`),
  ];
  if (outcome === 'open') lines.push(...optionLines(result, terminal));
  return lines.join('\n');
}

function optionLines(
  { name, environment, options, stoppedAt, items }: ReleaseResult,
  terminal: Terminal,
): readonly string[] {
  const env = environment === null ? '' : ` --env ${environment}`;
  const recommended = options.find((option) => option.recommended);
  const goOn = recommended === undefined || recommended.id === 'retry' || recommended.id === 'quit';
  const waiting = items.filter(
    ({ kind, state, stage }) => kind === 'manual' && state === 'open' && stage !== 'rollback' && stage !== 'later',
  );
  const unsigned = options.length > 0 && items.find((item) => item.id === stoppedAt)?.kind === 'manual';
  const line = (mark: string, command: string, why: string): readonly string[] => [
    `  ${mark.padEnd(11)}  ${command}`,
    ...wrap(why, terminal.width - 15).map((text) => `               ${terminal.paint('dim', text)}`),
  ];
  return [
    ...line(
      goOn ? 'recommended' : 'open',
      `surefoot release ${name}${env}`,
      `goes on here${goOn && recommended !== undefined ? `; ${recommended.why}` : ''}`,
    ),
    ...(unsigned
      ? line(
          'to sign',
          `surefoot release ${name}${env} --yes --sign "name"`,
          `${plural(waiting.length, 'manual item')} open; or fill in what surefoot checklist ${name} prints, and pass it with --answers`,
        )
      : []),
    ...options
      .filter(({ id }) => id !== 'retry' && id !== 'quit' && id !== 'leave')
      .flatMap(({ command, why, ...option }) => line(option.recommended ? 'recommended' : 'open', command ?? '', why)),
    ...line('to end it', `surefoot release ${name}${env} --give-up "reason"`, ''),
  ].filter((text) => text.trim() !== '');
}
