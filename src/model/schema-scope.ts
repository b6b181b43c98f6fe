/** What of a database is not described, as the configuration says. */
export interface SchemaScope {
  /** Schemas that belong to somebody else. */
  readonly schemas: readonly string[];
  /** Partitioned tables (`schema.table`, or `table` in public) whose partitions come and go by maintenance. */
  readonly partitionsOf: readonly string[];
}
