import { describe, expect, it } from 'vitest';
import { as, code, waiting, withSite } from '../support/seed-site.ts';
import { MAJORS } from '../support/servers.ts';

const FLOW = `
  INSERT INTO organizations (id, code, name) VALUES (101, 'north', 'North');
  INSERT INTO users (id, organization_id, username, email, password_hash, role)
    VALUES (101, 101, 'north', 'north@example.org', '-', 'admin');
  INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition) VALUES (101, 101, 'Approval', 'orders',
    '{"steps": ["draft", "review", "done"], "initial": "draft", "final": ["done"],
      "transitions": [{"from": "draft", "to": "review"}, {"from": "review", "to": "done"}]}');
  INSERT INTO workflow_instances (id, organization_id, workflow_definition_id, entity_id) VALUES (101, 101, 101, 7);`;

const WITHOUT_REVIEW = `
  UPDATE workflow_definitions SET definition = '{"steps": ["draft", "done"], "initial": "draft", "final": ["done"],
    "transitions": [{"from": "draft", "to": "done"}]}' WHERE id = 101`;

const DEFINER = '101';

describe.each([...MAJORS])('workflows of clierp on PostgreSQL %i', (major) => {
  it('keep a step that somebody is going to in the same moment', async () => {
    await withSite({ set: 'clierp', furniture: FLOW, major }, async ({ sql }) => {
      let outcome: Promise<string> = Promise.resolve('');
      await as(sql, 'clierp_app', 101, async (tx) => {
        await tx`SELECT advance_workflow(101, 'review', 101)`;
        const defining = as(sql, 'clierp_app', 101, async (other) => {
          await other`SELECT set_config('app.user_id', ${DEFINER}, true)`;
          await other.unsafe(WITHOUT_REVIEW);
        });
        outcome = code(defining);
        await waiting(sql);
      });
      expect(await outcome).toBe('55000');
      const [left] = await sql`SELECT current_step, status FROM workflow_instances`;
      expect(left).toEqual({ current_step: 'review', status: 'running' });
    });
  });

  it('go to no step that somebody is taking away in the same moment', async () => {
    await withSite({ set: 'clierp', furniture: FLOW, major }, async ({ sql }) => {
      let outcome: Promise<string> = Promise.resolve('');
      await as(sql, 'clierp_app', 101, async (tx) => {
        await tx`SELECT set_config('app.user_id', ${DEFINER}, true)`;
        await tx.unsafe(WITHOUT_REVIEW);
        outcome = code(as(sql, 'clierp_app', 101, async (other) => other`SELECT advance_workflow(101, 'review', 101)`));
        await waiting(sql);
      });
      expect(await outcome).toBe('23514');
    });
  });

  it('may be moved by many at once, each another instance', async () => {
    await withSite({ set: 'clierp', furniture: FLOW, major }, async ({ sql }) => {
      await sql`INSERT INTO workflow_instances (id, organization_id, workflow_definition_id, entity_id)
                SELECT i, 101, 101, i FROM generate_series(201, 240) AS i`;
      await as(sql, 'clierp_app', 101, async (tx) => {
        await tx`SELECT advance_workflow(101, 'review', 101)`;
        // While one is open, none of the others waits.
        await Promise.all(
          Array.from({ length: 40 }, async (_, index) =>
            as(sql, 'clierp_app', 101, async (other) => {
              await other`SET LOCAL lock_timeout = '10s'`;
              await other`SELECT advance_workflow(${201 + index}, 'review', 101)`;
            }),
          ),
        );
      });
      const [moved] = await sql`SELECT count(*)::integer AS n FROM workflow_instances WHERE current_step = 'review'`;
      expect(moved?.['n']).toBe(41);
    });
  });
});
