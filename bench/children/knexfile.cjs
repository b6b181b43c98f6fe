// BENCH_FOLDER holds the migrations; BENCH_FILE the SQLite file, without it libpq's variables name the database.
const { BENCH_FILE, BENCH_FOLDER, PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE } = process.env;

module.exports = {
  client: BENCH_FILE === undefined ? 'pg' : 'better-sqlite3',
  connection:
    BENCH_FILE === undefined
      ? { host: PGHOST, port: Number(PGPORT), user: PGUSER, password: PGPASSWORD, database: PGDATABASE }
      : { filename: BENCH_FILE },
  useNullAsDefault: true,
  migrations: { directory: BENCH_FOLDER, loadExtensions: ['.cjs'] },
};
