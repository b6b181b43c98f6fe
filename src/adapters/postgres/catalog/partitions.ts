/** A query for the relations of another one and all below them. Unlike pg_partition_tree it asks for no lock on them. */
export function withPartitions(relations: string): string {
  return `WITH RECURSIVE tree (oid) AS (${relations} UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits AS i JOIN tree ON i.inhparent = tree.oid) SELECT oid FROM tree WHERE oid IS NOT NULL`;
}
