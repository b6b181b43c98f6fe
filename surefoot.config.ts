import { defineConfig, env } from 'surefoot';

export default defineConfig({
  databases: {
    caps: { url: env('CAPS_DATABASE_URL', 'sqlite:.surefoot/caps.db') },
    crm: {
      url: env('CRM_DATABASE_URL', 'embedded:crm'),
      // Its months are made by now() and by the log itself.
      ignore: { partitionsOf: ['user_activity_log'] },
    },
    abparts: { url: env('ABPARTS_DATABASE_URL', 'embedded:abparts') },
    'clierp-sqlite': { url: env('CLIERP_SQLITE_DATABASE_URL', 'sqlite:.surefoot/clierp.db') },
    clierp: { url: env('CLIERP_DATABASE_URL', 'embedded:clierp') },
    mes: {
      url: env('MES_DATABASE_URL', 'embedded:mes'),
      maintenance: 'SELECT jobname AS job, status AS outcome, message AS detail FROM run_due_maintenance_jobs()',
    },
  },
  environments: {
    production: {
      requireVerification: true,
      confirm: true,
      lockTimeout: '2s',
      statementTimeout: '15min',
    },
  },
});
