/** The first text of a migration file. It holds no statement, so that it can't be applied by mistake. */
export function migrationTemplate(ending: 'sql' | 'ts', title: string): string {
  return ending === 'sql'
    ? `-- @description ${title}\n\n`
    : `import { defineMigration } from 'surefoot';\n\nexport default defineMigration({\n  description: ${JSON.stringify(title)},\n  async run({ sql }) {\n    await sql.script(\`\n    \`);\n    throw new Error('write this migration');\n  },\n});\n`;
}

export function rollbackTemplate(ending: 'sql' | 'ts', title: string): string {
  return ending === 'sql'
    ? `-- @description Takes back: ${title}\n\n`
    : `import { defineRollback } from 'surefoot';\n\nexport default defineRollback({\n  async run({ sql }) {\n    await sql.script(\`\n    \`);\n    throw new Error('write this rollback');\n  },\n});\n`;
}

export function verifyTemplate(title: string): string {
  return `-- Checks for: ${title}\n-- One block for each: directives, then one query, for example\n--\n--   -- @check every user has an address\n--   -- @expect rows = 0\n--   SELECT id FROM users WHERE address IS NULL;\n\n`;
}

export interface ConfigChoice {
  readonly name: string;
  readonly url: string;
  readonly variable: string;
}

export function configTemplate({ name, url, variable }: ConfigChoice): string {
  return `import { defineConfig, env } from 'surefoot';\n\nexport default defineConfig({\n  databases: {\n    ${name}: { url: env('${variable}', '${url}') },\n  },\n  environments: {\n    production: { requireVerification: true, confirm: true, lockTimeout: '2s', statementTimeout: '15min' },\n  },\n});\n`;
}
