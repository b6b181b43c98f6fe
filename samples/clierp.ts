import { defineSample } from 'surefoot';

import { fillClierp } from './clierp/fill.ts';

const SEQUENCES = `
DO $$
DECLARE
  v_table text;
BEGIN
  FOR v_table IN
    SELECT c.relname FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'id'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
  LOOP
    EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), max(id)) FROM public.%I',
                   'public.' || quote_ident(v_table), 'id', v_table);
  END LOOP;
END
$$`;

export default defineSample({
  description: 'A trading company: a few products and suppliers make most of the movements and orders',
  at: '001',
  async fill(tools) {
    await fillClierp(tools, (_table, _n, cells) => cells);
    // The rows brought their ids along; the next row of the application must not bring one of them again.
    await tools.sql.script(SEQUENCES);
  },
});
