import type { ObjectId } from '../../../model/snapshot.ts';
import { text, type Scope } from './catalog.ts';
import { COLUMNS, DEFAULTS, registerColumns } from './columns.ts';
import { DEFAULT_CLASSES } from './compose.ts';
import { addConstraints, CONSTRAINTS } from './constraints.ts';
import type { Draft } from './draft.ts';
import { mayUnsettle, settleExpression } from './expression.ts';
import type { CatalogRow, Family, LackingDefinition, Reading } from './family.ts';
import { addForeign, SERVERS, USER_MAPPINGS, WRAPPERS } from './foreign.ts';
import {
  addDefaultPrivileges,
  addEventTriggers,
  addExtensions,
  addSchemas,
  DEFAULT_PRIVILEGES,
  EVENT_TRIGGERS,
  EXTENSIONS,
  MEMBERS,
  SCHEMAS,
} from './globals.ts';
import { addIndexes, INDEXES } from './indexes.ts';
import { addComments, COMMENTS, DEPENDENCIES, readDependencies } from './links.ts';
import { addPublications, PUBLICATIONS } from './publications.ts';
import { addRelationParts, POLICIES, RULES, STATISTICS, TRIGGERS } from './relation-parts.ts';
import { addRelations, FOREIGN_TABLES, PARENTS, registerRelations, RELATIONS } from './relations.ts';
import { addRoutines, AGGREGATES, ROUTINES } from './routines.ts';
import { SEQUENCES } from './sequences.ts';
import { addSundries, SUNDRIES } from './sundries.ts';
import { addTypes, registerTypes, TYPES } from './types.ts';

const ROLES: Family = { name: 'roles', query: () => 'SELECT oid, quote_ident(rolname) FROM pg_roles' };

/** What objects without a root are made of, beside schemas and extensions, which come first. */
const WITHOUT_ROOT: readonly Family[] = [
  DEFAULT_PRIVILEGES,
  EVENT_TRIGGERS,
  PUBLICATIONS,
  WRAPPERS,
  SERVERS,
  USER_MAPPINGS,
  ...SUNDRIES,
];
/** Families whose objects have a root, which can be read alone: what makes most work first, which is done meanwhile. */
const ROOTED: readonly Family[] = [
  TYPES,
  RELATIONS,
  COLUMNS,
  CONSTRAINTS,
  DEFAULT_CLASSES,
  INDEXES,
  FOREIGN_TABLES,
  PARENTS,
  SEQUENCES,
  DEFAULTS,
  DEPENDENCIES,
  ROUTINES,
  AGGREGATES,
  TRIGGERS,
  RULES,
  POLICIES,
  STATISTICS,
  COMMENTS,
];

export interface AskedFamily {
  readonly family: Family;
  readonly query: string;
}

export function queriesOf(scope: Scope): readonly AskedFamily[] {
  // A prepared reading of roots has the roles already.
  const families = scope.globals ? [ROLES, SCHEMAS, EXTENSIONS, MEMBERS, ...ROOTED, ...WITHOUT_ROOT] : ROOTED;
  return families.flatMap((family) => {
    const query = family.query(scope);
    return query === null ? [] : [{ family, query }];
  });
}

/** Texts of people, which are kept to the letter, and rows without any expression. */
const AS_WRITTEN: ReadonlySet<Family> = new Set([
  ROUTINES,
  COMMENTS,
  FOREIGN_TABLES,
  PARENTS,
  SEQUENCES,
  COLUMNS,
  DEFAULT_CLASSES,
  DEPENDENCIES,
]);

function settleRow(row: CatalogRow): CatalogRow {
  for (const value of row)
    if (typeof value === 'string' && mayUnsettle(value))
      return row.map((each) => (typeof each === 'string' ? settleExpression(each) : each));
  return row;
}

export interface Made {
  /** Catalog keys of what each object needs. */
  readonly needs: ReadonlyMap<ObjectId, readonly string[]>;
  /** Objects whose definition the server has to be asked for. */
  readonly lacking: readonly LackingDefinition[];
}

/** Makes objects of rows, which may come one family after the other, and does what it can as soon as it can. */
export class ObjectMaker {
  readonly #reading: Reading & { readonly answers: Map<string, readonly CatalogRow[]> };
  readonly #outstanding: Set<Family>;
  readonly #steps: (readonly [needed: readonly Family[] | null, make: () => void])[];
  #needs: Made['needs'] = new Map();

  /** `draft` may hold objects already. `asked`: all that will be given. */
  constructor(draft: Draft, scope: Scope, asked: readonly AskedFamily[]) {
    const reading = { scope, draft, answers: new Map<string, readonly CatalogRow[]>(), lacking: [] };
    this.#reading = reading;
    this.#outstanding = new Set(asked.map(({ family }) => family));
    let relations: ReturnType<typeof registerRelations> = [];
    let groups: ReturnType<typeof registerColumns> = [];
    this.#steps = [
      [
        [ROLES, SCHEMAS, EXTENSIONS, MEMBERS],
        () => {
          for (const row of reading.answers.get(ROLES.name) ?? []) draft.roles.set(text(row[0]), text(row[1]));
          addSchemas(reading);
          addExtensions(reading);
        },
      ],
      [
        [TYPES, RELATIONS],
        () => {
          registerTypes(reading);
          relations = registerRelations(reading);
          addTypes(reading);
        },
      ],
      [
        [COLUMNS],
        () => {
          groups = registerColumns(reading);
        },
      ],
      [[CONSTRAINTS], () => addConstraints(reading)],
      [[DEFAULT_CLASSES, INDEXES], () => addIndexes(reading)],
      [
        [FOREIGN_TABLES, PARENTS, SEQUENCES, DEFAULTS],
        () => {
          addRelations(reading, relations, groups);
          relations = [];
          groups = [];
        },
      ],
      [[ROUTINES, AGGREGATES], () => addRoutines(reading)],
      [
        null,
        () => {
          addRelationParts(reading);
          addForeign(reading);
          addSundries(reading);
          addPublications(reading);
          addEventTriggers(reading);
          addDefaultPrivileges(reading);
          addComments(reading);
          this.#needs = readDependencies(reading);
        },
      ],
    ];
  }

  /** The rows of one family, once. */
  give(family: Family, rows: readonly CatalogRow[]): void {
    if (!this.#outstanding.delete(family)) return;
    this.#reading.answers.set(family.name, AS_WRITTEN.has(family) ? rows : rows.map(settleRow));
    for (let step = this.#steps[0]; step !== undefined && this.#has(step[0]); step = this.#steps[0]) {
      step[1]();
      this.#steps.shift();
      // Rows are many, and each is needed by one step only.
      for (const done of step[0] ?? []) this.#reading.answers.delete(done.name);
    }
  }

  #has(families: readonly Family[] | null): boolean {
    return families === null
      ? this.#outstanding.size === 0
      : families.every((family) => !this.#outstanding.has(family));
  }

  /** When all have been given. */
  made(): Made {
    return { needs: this.#needs, lacking: this.#reading.lacking };
  }
}

/** The definition as {@link ObjectMaker} would have taken it from a row. */
export function settleDefinition(definition: string): string {
  return mayUnsettle(definition) ? settleExpression(definition) : definition;
}
