export { SQLITE_CAPABILITIES } from './capabilities.ts';
export { createSqliteDatabase, type SqliteSettings } from './database.ts';
export { SQLITE_DIALECT } from './dialect.ts';
export { SQLITE_LAYOUT } from './layout.ts';
export { createSqliteShadow } from './shadow.ts';
