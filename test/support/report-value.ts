import type { Report, ReportedMigration } from '../../src/index.ts';

/** A report of so many migrations, each with its texts, checks, proof and differences, as a real one has them. */
export function manyMigrations(count: number): Report {
  return {
    format: 1,
    at: '2026-11-21T10:15:00.000Z',
    toolVersion: '0.0.0',
    databases: [
      {
        name: 'many',
        engine: 'postgres',
        url: 'postgres://localhost/many',
        headlines: [{ label: 'State', text: `${String(count)} applied`, tone: 'good' }],
        sections: [],
        migrations: Array.from({ length: count }, (_, at) => migration(at + 1)),
      },
    ],
  };
}

function migration(at: number): ReportedMigration {
  const version = String(at).padStart(4, '0');
  const columns = Array.from({ length: 20 }, (_, each) => `  column_${String(each)} text NOT NULL DEFAULT 'value'`);
  const sql = `CREATE TABLE table_${version} (\n  id bigint PRIMARY KEY,\n${columns.join(',\n')}\n);\n`;
  const checks = Array.from({ length: 8 }, (_, each) => ({
    version,
    name: `column ${String(each)} of ${version} is there`,
    when: 'after' as const,
    outcome: 'passed' as const,
    severity: 'error' as const,
    expected: 'rows = 1',
    actual: 'rows = 1',
    detail: null,
    sql: `SELECT 1 FROM information_schema.columns WHERE column_name = 'column_${String(each)}'`,
    file: `verify/${version}_table.sql`,
    line: each + 1,
    durationMs: 0.4,
  }));
  return {
    version,
    name: `${version}_add_table_${version}`,
    badges: [
      { text: 'applied', tone: 'good' },
      { text: '8 checks passed', tone: 'good' },
      { text: 'proven', tone: 'good' },
    ],
    parts: [
      { title: 'Migration', blocks: [{ kind: 'code', language: 'sql', text: sql, file: `migrations/${version}.sql` }] },
      { title: 'Rollback', blocks: [{ kind: 'code', language: 'sql', text: `DROP TABLE table_${version};` }] },
      { title: 'Checks', blocks: [{ kind: 'checks', checks }] },
      { title: 'What it changes', blocks: [{ kind: 'diff', text: sql.trimEnd().replaceAll(/^/gmu, '+') }] },
    ],
  };
}
