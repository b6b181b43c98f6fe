import { median, ratios } from './measure.mjs';

const COLUMNS = ['psql / sqlite3', 'bare Node', 'umzug', 'dbmate', 'knex', 'node-pg-migrate', 'surefoot'];
const COLUMN_OF = { psql: 'psql / sqlite3', sqlite3: 'psql / sqlite3', bare: 'bare Node' };

/** All figures as one markdown table: ratios to the floor of the same round, median (least..most). */
export function renderTable(figures) {
  const footnotes = [];
  const note = (text) => {
    const known = footnotes.indexOf(text);
    const number = known === -1 ? footnotes.push(text) : known + 1;
    return `<sup>${number}</sup>`;
  };
  const rows = figures.map((figure) => {
    const floor = figure.floorTimes ?? figure.times[figure.floor] ?? [];
    const cells = Object.fromEntries(COLUMNS.map((column) => [column, '–']));
    for (const name of new Set([...Object.keys(figure.times), ...Object.keys(figure.failures)])) {
      const column = COLUMN_OF[name] ?? name;
      const failure = figure.failures[name];
      const extra = figure.notes[name] === undefined ? '' : note(figure.notes[name]);
      cells[column] =
        failure === undefined ? show(ratios(figure.times[name] ?? [], floor)) + extra : `failed${note(failure)}`;
    }
    const floorName =
      COLUMN_OF[figure.floor] === 'psql / sqlite3' ? figure.floor : (COLUMN_OF[figure.floor] ?? figure.floor);
    const floorCell =
      floor.length === 0
        ? '–'
        : `${floorName}${figure.floorShown === undefined ? '' : ` ${figure.floorShown}`}, ${showMs(median(floor))}`;
    return [figure.title, floorCell, ...COLUMNS.map((column) => cells[column]), aimOf(figure, floor)];
  });
  const head = ['figure', 'floor', ...COLUMNS, 'aim for surefoot'];
  const lines = [head, head.map((_, index) => (index < 2 ? '---' : '--:')), ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  return [...lines, '', ...footnotes.map((text, index) => `<sup>${index + 1}</sup> ${text}  `)].join('\n').trimEnd();
}

function aimOf(figure, floor) {
  const own = figure.times.surefoot ?? [];
  if (own.length === 0) return '–';
  if (figure.limitMs !== undefined) {
    const ms = median(own);
    return `${ms < figure.limitMs ? 'met' : 'missed'}: ${showMs(ms)}, under ${showMs(figure.limitMs)}`;
  }
  const ratio = ratios(own, floor);
  if (figure.aim === null || ratio === null) return '–';
  return `${ratio.median <= figure.aim ? 'met' : 'missed'}: at most ${figure.aim.toFixed(2)} × ${figure.aimOf}`;
}

function show(ratio) {
  if (ratio === null) return '–';
  if (ratio.least === ratio.most) return number(ratio.median);
  return `${number(ratio.median)} (${number(ratio.least)}..${number(ratio.most)})`;
}

function number(value) {
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function showMs(ms) {
  return ms < 10_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
