import type postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { as, code, waiting, withSite, type Site } from '../support/seed-site.ts';
import { MAJORS } from '../support/servers.ts';

const NCR = `
  INSERT INTO organizations (id, org_code, org_name) VALUES (101, 'NORTH', 'North');
  INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (101, 101, 'P1', 'Plant');
  INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role) VALUES (101, 101, 101, 'admin@north', 'Admin', 'admin');
  INSERT INTO user_roles (organization_id, user_id, role_id)
    SELECT 101, 101, id FROM roles WHERE organization_id = 101 AND role_code = 'ADMIN' ON CONFLICT DO NOTHING;
  INSERT INTO ncrs (id, organization_id, plant_id, ncr_number, title, severity, quantity_affected)
    VALUES (101, 101, 101, 'N-1', 'Scratch', 'minor', 1);
  INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (101, 'workflow_engine', true);`;

/** The end of the workflow comes where a record is going to: valid for a workflow that nobody uses. */
const OF_NCRS =
  "workflow_id = (SELECT id FROM workflows WHERE organization_id = 101 AND workflow_code = 'ncr_standard')";
const END_IN_REVIEW = `
  DELETE FROM workflow_transitions WHERE ${OF_NCRS} AND transition_code <> 'review';
  DELETE FROM workflow_states WHERE ${OF_NCRS} AND state_code IN ('rework', 'closed');
  UPDATE workflow_states SET is_final = true WHERE ${OF_NCRS} AND state_code = 'in_review';`;

async function asAdmin(site: Site, work: (tx: postgres.TransactionSql) => Promise<unknown>): Promise<void> {
  await as(site.sql, 'mes_app', 101, async (tx) => {
    await tx`SELECT set_config('app.user_id', '101', true)`;
    await work(tx);
  });
}

describe.each([...MAJORS])('workflows of mes on PostgreSQL %i', (major) => {
  it('do not end where somebody is going to in the same moment', async () => {
    await withSite({ set: 'mes', furniture: NCR, major }, async (site) => {
      await asAdmin(site, async (tx) => tx`SELECT start_workflow('ncr', 101)`);
      let outcome: Promise<string> = Promise.resolve('');
      await asAdmin(site, async (tx) => {
        await tx`SELECT move_in_workflow('ncr', 101, 'review')`;
        outcome = code(asAdmin(site, async (other) => other.unsafe(END_IN_REVIEW)));
        await waiting(site.sql);
      });
      expect(await outcome).toBe('55000');
    });
  });

  it('are left by nobody through a transition that somebody is taking away in the same moment', async () => {
    await withSite({ set: 'mes', furniture: NCR, major }, async (site) => {
      await asAdmin(site, async (tx) => tx`SELECT start_workflow('ncr', 101)`);
      let outcome: Promise<string> = Promise.resolve('');
      await asAdmin(site, async (tx) => {
        await tx.unsafe(END_IN_REVIEW);
        await tx`SET CONSTRAINTS ALL IMMEDIATE`;
        outcome = code(asAdmin(site, async (other) => other`SELECT move_in_workflow('ncr', 101, 'review')`));
        await waiting(site.sql);
      });
      expect(await outcome).toBe('no error');
      const [ncr] = await site.sql`
        SELECT n.status, i.finished_at IS NOT NULL AS finished FROM ncrs AS n JOIN workflow_instances AS i ON i.entity_id = n.id`;
      expect(ncr).toEqual({ status: 'in_review', finished: true });
    });
  });
});
