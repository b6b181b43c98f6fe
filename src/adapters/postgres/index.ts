export { POSTGRES_CAPABILITIES } from './capabilities.ts';
export { displayUrlOf, parseConnection, type ConnectionSettings } from './connection.ts';
export { createPostgresDatabase, type ResolvedSettings, type UrlSettings } from './database.ts';
export { POSTGRES_DIALECT } from './dialect.ts';
export { guardShared } from './guard-shared.ts';
export { POSTGRES_LAYOUT } from './layout.ts';
