import type { Boundary, Side } from './wire-proxy.ts';

/** What the query of a run belongs to, by words in it; those without any belong to what was before. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/AS state OFFSET 0/u, 'taking the lock'],
  [/FROM surefoot\.(?:layout|history)/u, 'reading the history'],
  [/CREATE SCHEMA|CREATE TABLE surefoot/u, "making surefoot's tables"],
  [/SELECT mark FROM ran WHERE mark = '002'/u, '002 transactional: checks after COMMIT'],
  [/"event":"run-started"/u, 'beginning of the run'],
  [/"event":"run-finished"/u, 'end of the run'],
  [/(?:INSERT INTO surefoot\.history |EXECUTE "surefoot_row").*'001'/su, '001 transactional: COMMIT'],
  [/(?:INSERT INTO surefoot\.history |EXECUTE "surefoot_row").*'002'/su, '002 transactional: COMMIT'],
  [/INSERT INTO surefoot\.history .*'failed'/su, '003 outside a transaction: beginning'],
  [/(?:INSERT INTO surefoot\.history |EXECUTE "surefoot_row").*'003'/su, '003 outside a transaction: COMMIT'],
  [/(?:INSERT INTO surefoot\.history |EXECUTE "surefoot_row").*'004'/su, '004 TypeScript: COMMIT'],
  [/CREATE TABLE ran|mark.*'001'/u, '001 transactional: change and checks'],
  [/ADD COLUMN state|'old'/u, '002 transactional: change and checks'],
  [/VALUES \('003a'\)/u, '003 outside a transaction: first statement'],
  [/CREATE INDEX CONCURRENTLY/u, '003 outside a transaction: CREATE INDEX CONCURRENTLY'],
  [/VALUES \('003b'\)/u, '003 outside a transaction: last statement'],
  [/copies/u, '004 TypeScript: change and checks'],
  [/CREATE TABLE never/u, '005 that fails'],
  [/pg_advisory_unlock.*pg_advisory_unlock.*pg_advisory_unlock(?!.*CASE)/u, 'giving the lock back'],
];

/** Names the place of a message: of a query its own, of an answer that of the query sent last before it. */
export function placesOf(seen: readonly Boundary[]): (side: Side, index: number) => string {
  const names = new Map<string, string>();
  let place = 'connecting';
  for (const { side, index, text } of seen) {
    if (text !== '') place = PLACES.find(([words]) => words.test(text))?.[1] ?? place;
    names.set(`${side} ${String(index)}`, place);
  }
  return (side, index) => names.get(`${side} ${String(index)}`) ?? 'unknown';
}
