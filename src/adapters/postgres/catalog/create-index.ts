import { SurefootError } from '../../../model/errors.ts';
import type { Settlement } from '../../../ports/probe.ts';
import type { Session } from '../../../ports/session.ts';
import type { ConcurrentOperation } from '../../../sql/index.ts';
import { findRelation, indexesOf, relationBeside, type FoundIndex } from './find.ts';

type CreateIndex = Extract<ConcurrentOperation, { kind: 'create-index' }>;

/** What became of a CREATE INDEX CONCURRENTLY. Throws `failed-step` when something else has taken the index's name. */
export async function settleCreateIndex(session: Session, operation: CreateIndex, text: string): Promise<Settlement> {
  const table = await findRelation(session, { schema: operation.schema, name: operation.table });
  if (table === null) return { state: 'absent', cleanup: [], evidence: `the table ${operation.table} does not exist` };
  const wanted = await wantedDefinition(session, table, text);
  const isWanted = (index: FoundIndex): boolean =>
    index.table === table && index.unique === operation.unique && index.definition === wanted;
  const found =
    operation.index === null
      ? (await indexesOf(session, table)).filter(isWanted)
      : [await relationBeside(session, table, operation.index)].filter((index) => index !== null);
  const valid = found.find((index) => index.valid);
  if (valid !== undefined) {
    if (isWanted(valid))
      return {
        state: 'done',
        cleanup: [],
        evidence: `the index ${valid.name} is there, valid and as the statement defines it`,
      };
    throw otherDefinition(valid, wanted);
  }
  const foreign = found.find((index) => wanted !== null && !isWanted(index));
  if (foreign !== undefined) throw otherDefinition(foreign, wanted);
  if (found.length === 0)
    return {
      state: 'absent',
      cleanup: [],
      evidence: `there is no index ${operation.index ?? `on ${operation.table}`} as the statement defines it`,
    };
  return {
    state: 'absent',
    cleanup: found.map((index) => `DROP INDEX CONCURRENTLY ${index.name}`),
    evidence: `a broken try left the invalid index ${found.map((index) => index.name).join(', ')}`,
  };
}

const QUOTED = String.raw`"(?:[^"]|"")*"`;
const PLAIN = String.raw`[\p{L}_][\p{L}\p{N}_$]*`;
const NAME = `(?:${QUOTED}|${PLAIN})`;
const GAP = String.raw`(?:\s|--[^\n]*\n|/\*[\s\S]*?\*/)`;
const HEAD = new RegExp(
  `^${GAP}*CREATE${GAP}+(UNIQUE${GAP}+)?INDEX${GAP}+CONCURRENTLY${GAP}+(?:IF${GAP}+NOT${GAP}+EXISTS${GAP}+)?(?:${QUOTED}${GAP}*|${PLAIN}${GAP}+)?ON${GAP}+(?:ONLY${GAP}+)?${NAME}(?:${GAP}*\\.${GAP}*${NAME})*`,
  'iu',
);

/**
 * The server's own spelling of the definition: the same statement on an empty twin of the table, in a transaction that
 * is aborted. Null where that can not be done.
 */
async function wantedDefinition(session: Session, table: number, text: string): Promise<string | null> {
  const head = HEAD.exec(text);
  if (head === null) return null;
  const twin = 'pg_temp.surefoot_twin';
  const [row] = await session.query('SELECT $1::bigint::oid::regclass::text AS name', [table]);
  const outcomes = await session.batch([
    { text: 'BEGIN' },
    { text: `CREATE TEMPORARY TABLE surefoot_twin (LIKE ${String(row?.['name'])} INCLUDING GENERATED) ON COMMIT DROP` },
    {
      text: `CREATE ${head[1] === undefined ? '' : 'UNIQUE '}INDEX surefoot_twin_index ON ${twin}${text.slice(head[0].length)}`,
    },
    { text: `SELECT pg_catalog.to_regclass('${twin}')::oid::bigint` },
  ]);
  const answer = outcomes.at(-1);
  const oid = answer?.status === 'done' ? Number(answer.rows[0]?.[0]) : null;
  try {
    return oid === null ? null : ((await indexesOf(session, oid))[0]?.definition ?? null);
  } finally {
    await session.batch([{ text: 'ROLLBACK', tolerate: true }]);
  }
}

function otherDefinition(index: FoundIndex, wanted: string | null): SurefootError {
  const difference =
    index.table === null
      ? 'it is no index'
      : wanted === null
        ? `what it should be can not be found out here; it is ${index.unique ? 'UNIQUE ' : ''}${index.definition}`
        : `it is ${index.unique ? 'UNIQUE ' : ''}${index.definition}, the statement says ${wanted}`;
  return new SurefootError({
    code: 'failed-step',
    message: `the name ${index.name}, which the statement would make, is taken by something else: ${difference}`,
    hint: `Look at ${index.name}, drop or rename it, then run the command again.`,
    context: { object: index.name },
  });
}
