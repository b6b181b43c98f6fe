/** Tables that other migration tools keep their history in; a schema is described without them. */
export const FOREIGN_HISTORY_TABLES = [
  '__EFMigrationsHistory',
  '__diesel_schema_migrations',
  '__drizzle_migrations',
  '_prisma_migrations',
  '_sqlx_migrations',
  'SequelizeMeta',
  'alembic_version',
  'ar_internal_metadata',
  'atlas_schema_revisions',
  'databasechangelog',
  'databasechangeloglock',
  'django_migrations',
  'flyway_schema_history',
  'goose_db_version',
  'kysely_migration',
  'kysely_migration_lock',
  'knex_migrations',
  'knex_migrations_lock',
  'mikro_orm_migrations',
  'pgmigrations',
  'schema_migrations',
  'schema_version',
  'typeorm_metadata',
] as const;

/** Schemas that other migration tools keep for themselves. */
export const FOREIGN_HISTORY_SCHEMAS = ['atlas_schema_revisions', 'drizzle', 'graphile_migrate', 'sqitch'] as const;
