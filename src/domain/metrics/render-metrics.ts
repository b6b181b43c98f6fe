import type { Family, Sample } from './family.ts';

/** `prometheus`: text format 0.0.4, as a textfile collector reads it. `openmetrics`: version 1.0.0. */
export const METRICS_FORMATS = ['prometheus', 'openmetrics'] as const;
export type MetricsFormat = (typeof METRICS_FORMATS)[number];

/** The exposition of the families that have samples. Ends with a line feed. */
export function renderMetrics(families: readonly Family[], format: MetricsFormat): string {
  const lines = families.filter(({ samples }) => samples.length > 0).flatMap((family) => familyLines(family, format));
  if (format === 'openmetrics') lines.push('# EOF');
  return `${lines.join('\n')}\n`;
}

function familyLines(family: Family, format: MetricsFormat): readonly string[] {
  const open = format === 'openmetrics';
  // The older format knows neither families of counters nor infos: the name of the sample is the name.
  const ending = open ? '' : family.type === 'counter' ? '_total' : family.type === 'info' ? '_info' : '';
  const name = `${family.name}${ending}`;
  const type = !open && family.type === 'info' ? 'gauge' : family.type;
  return [
    `# HELP ${name} ${escape(family.help, open)}`,
    `# TYPE ${name} ${type}`,
    ...(open && family.unit !== null ? [`# UNIT ${name} ${family.unit}`] : []),
    ...family.samples.map((sample) => sampleLine(family.name, sample, open)),
  ];
}

function sampleLine(name: string, { suffix, labels, value }: Sample, open: boolean): string {
  const pairs = Object.entries(labels).map(
    ([label, text]) => `${label}="${escape(label === 'le' && open ? canonical(text) : text, true)}"`,
  );
  return `${name}${suffix}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${numberText(value)}`;
}

/** OpenMetrics writes bounds as floats. */
function canonical(bound: string): string {
  return /^\d+$/u.test(bound) ? `${bound}.0` : bound;
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function escape(text: string, quotes: boolean): string {
  const escaped = Buffer.from(text)
    .toString()
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`);
  return quotes ? escaped.replaceAll('"', String.raw`\"`) : escaped;
}
