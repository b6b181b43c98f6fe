import type postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { as, code, waiting, withSite, type Site } from '../support/seed-site.ts';
import { MAJORS } from '../support/servers.ts';

const ANNA = 'aaaaaaaa-0000-4000-8000-000000000001';
const BERT = 'aaaaaaaa-0000-4000-8000-000000000002';
const TWO_ADMINS = `
  INSERT INTO public.profiles (id, email, full_name, role) VALUES
    ('${ANNA}', 'anna@example.org', 'Anna', 'admin'), ('${BERT}', 'bert@example.org', 'Bert', 'admin');
  UPDATE public.profiles SET is_active = false WHERE role = 'admin' AND id NOT IN ('${ANNA}', '${BERT}');`;

async function asAdmin(
  site: Site,
  who: string,
  work: (tx: postgres.TransactionSql) => Promise<unknown>,
): Promise<void> {
  await as(site.sql, 'crm_admin', null, async (tx) => {
    await tx`SELECT set_config('request.jwt.claim.sub', ${who}, true)`;
    await work(tx);
  });
}

describe.each([...MAJORS])('admins of crm on PostgreSQL %i', (major) => {
  it('do not take the right from each other in the same moment', async () => {
    await withSite({ set: 'crm', furniture: TWO_ADMINS, major }, async (site) => {
      let outcome: Promise<string> = Promise.resolve('');
      await asAdmin(site, ANNA, async (tx) => {
        await tx`UPDATE public.profiles SET role = 'agent' WHERE id = ${BERT}`;
        outcome = code(
          asAdmin(site, BERT, async (other) => other`UPDATE public.profiles SET is_active = false WHERE id = ${ANNA}`),
        );
        await waiting(site.sql);
      });
      expect(await outcome).toBe('55000');
      const left = await site.sql`SELECT email FROM public.profiles WHERE role = 'admin' AND is_active`;
      expect(left.map((row) => String(row['email']))).toEqual(['anna@example.org']);
    });
  });

  it.each(['REPEATABLE READ', 'SERIALIZABLE'])(
    'nor from a snapshot of %s that still shows the other',
    async (level) => {
      await withSite({ set: 'crm', furniture: TWO_ADMINS, major }, async (site) => {
        let outcome: Promise<string> = Promise.resolve('');
        await asAdmin(site, ANNA, async (tx) => {
          await tx`UPDATE public.profiles SET role = 'agent' WHERE id = ${BERT}`;
          outcome = code(
            site.sql.begin(`ISOLATION LEVEL ${level}`, async (other) => {
              await other.unsafe('SET LOCAL ROLE crm_admin');
              await other`SELECT set_config('request.jwt.claim.sub', ${BERT}, true)`;
              await other`UPDATE public.profiles SET is_active = false WHERE id = ${ANNA}`;
            }),
          );
          await waiting(site.sql);
        });
        expect(await outcome).toBe('40001');
        const left = await site.sql`SELECT email FROM public.profiles WHERE role = 'admin' AND is_active`;
        expect(left.map((row) => String(row['email']))).toEqual(['anna@example.org']);
      });
    },
  );
});
