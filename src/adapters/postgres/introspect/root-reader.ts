import { SurefootError } from '../../../model/errors.ts';
import type { ObjectId } from '../../../model/snapshot.ts';
import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { SnapshotOptions } from '../../../ports/introspector.ts';
import type { Session } from '../../../ports/session.ts';
import { quoteLiteral } from '../../../sql/quote.ts';
import { oidArray } from './catalog.ts';
import type { Draft } from './draft.ts';
import type { CatalogRow } from './family.ts';
import { ObjectMaker, queriesOf } from './maker.ts';
import { PINNED, scopeOf, type ServerFacts } from './read.ts';

const STATEMENT = 'surefoot_roots';
const FORGOTTEN = '26000';
const KNOWN = '42P05';
type Queries = ReturnType<typeof queriesOf>;

/** A plan that is made once and finds a few roots by index, however much there will be beside them. */
const PLANNING = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
} as const;

/** Reads roots by one prepared statement in one round trip, outside a transaction. */
export class RootReader {
  readonly #session: Session;
  readonly #options: SnapshotOptions;
  #prepared = false;

  constructor(session: Session, options: SnapshotOptions) {
    this.#session = session;
    this.#options = options;
  }

  async read(
    draft: Draft,
    facts: ServerFacts,
    roots: readonly string[],
  ): Promise<ReadonlyMap<ObjectId, readonly string[]>> {
    const scope = scopeOf(facts, this.#options, '$1', false);
    const queries = queriesOf(scope);
    const rows = await this.#execute(queries, roots);
    const answers = queries.map((): CatalogRow[] => []);
    for (const [at, values] of rows) answers[Number(at)]?.push(Object.values(values as object));
    const maker = new ObjectMaker(draft, scope, queries);
    draft.owner = facts.owner;
    for (const [at, { family }] of queries.entries()) maker.give(family, answers[at] ?? []);
    return maker.made().needs;
  }

  async #execute(queries: Queries, roots: readonly string[], again = false): Promise<readonly CatalogRow[]> {
    const settings = Object.entries({ ...PINNED, ...PLANNING }).map(
      ([name, value]) => `pg_catalog.set_config('${name}', ${quoteLiteral('postgres', value)}, true)`,
    );
    // Texts in one message are one transaction, at the end of which the settings are as they were.
    const texts = [
      `SELECT ${settings.join(', ')}`,
      ...(this.#prepared ? [] : [prepare(queries)]),
      `EXECUTE ${STATEMENT}(${oidArray(roots)})`,
    ];
    const [answer] = await this.#session.batch([{ text: texts.join(';\n') }], { signal: this.#options.signal });
    if (answer?.status === 'done') {
      this.#prepared = true;
      return answer.rows;
    }
    if (answer?.status !== 'failed')
      throw new SurefootError({ code: 'interrupted', message: 'interrupted while reading the schema' });
    // A migration may forget all prepared statements of its session.
    const other = this.#prepared ? FORGOTTEN : KNOWN;
    if (again || answer.failure.sqlState !== other) throw errorOfFailure(answer.failure, 'reading the schema');
    this.#prepared = !this.#prepared;
    return this.#execute(queries, roots, true);
  }
}

/** The families one below the other, each row with the place of its family. */
function prepare(queries: Queries): string {
  const parts = queries.map(
    ({ query }, at) => `SELECT ${String(at)}, row_to_json(ROW(q.*)) FROM (${query.trim()}) AS q`,
  );
  return `PREPARE ${STATEMENT}(oid[]) AS ${parts.join('\nUNION ALL ')}`;
}
