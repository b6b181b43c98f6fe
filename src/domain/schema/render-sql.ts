import type { SchemaObject, Snapshot } from '../../model/snapshot.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/index.ts';
import { inDependencyOrder } from './order.ts';

export interface RenderOptions {
  /** Make the roles that the schema names where they are absent. */
  readonly roles?: boolean;
}

/**
 * Statements that make the schema in an empty database of the same engine, in an order that works. Each element is one
 * object's SQL, of one or several statements. What has no SQL of its own (an operator class) is left out.
 */
export function renderStatements(snapshot: Snapshot, options: RenderOptions = {}): readonly string[] {
  const made = inDependencyOrder(snapshot.objects).flatMap(({ object, stub }) =>
    runs(object) ? [stub ? stubOf(object) : object.definition] : [],
  );
  if (snapshot.engine === 'sqlite') return made;
  const twice = new Set(
    inDependencyOrder(snapshot.objects).flatMap(({ object, stub }) => (stub ? [object.definition] : [])),
  );
  const roles = options.roles === true ? snapshot.roles.map(ensureRole) : [];
  const hasPublic = snapshot.objects.some(({ id }) => id === 'schema public');
  return [
    // Bodies may name what comes later; names in definitions carry their schema.
    'SET check_function_bodies = off;',
    "SELECT pg_catalog.set_config('search_path', '', false);",
    ...roles,
    ...(hasPublic ? [] : ['DROP SCHEMA IF EXISTS public;']),
    ...made.map((text) => (twice.has(text) ? text.replace(/^CREATE VIEW/u, 'CREATE OR REPLACE VIEW') : text)),
  ];
}

/** {@link renderStatements} as one script. */
export function renderSql(snapshot: Snapshot, options: RenderOptions = {}): string {
  return `${renderStatements(snapshot, options).join('\n\n')}\n`;
}

function runs(object: SchemaObject): boolean {
  if (object.detail?.type === 'constraint' && object.detail.inline) return false;
  return !object.definition.startsWith('--');
}

/** A view with the right columns and no query yet. */
function stubOf(object: SchemaObject): string {
  const columns = object.detail?.type === 'view' ? object.detail.columns : [];
  const list = columns.map(({ name, type }) => `NULL::${type} AS ${quoteIdentifier(name)}`).join(', ');
  return `CREATE VIEW ${object.id.slice('view '.length)} AS SELECT ${list};`;
}

function ensureRole(role: string): string {
  const name = quoteLiteral('postgres', role);
  return `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${name}) THEN CREATE ROLE ${quoteIdentifier(role)}; END IF; END $$;`;
}
