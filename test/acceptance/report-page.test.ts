import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSqliteDatabase } from '../../src/adapters/sqlite/index.ts';
import { migrate, renderReport, report, rollback, type Report } from '../../src/index.ts';
import { launchChromium, violations, withPage } from '../support/browser.ts';
import { rejection, usersAndAddresses, withProject, type Project } from '../support/project.ts';
import { manyMigrations } from '../support/report-value.ts';

const SCRIPT = '</script><script>window.pwned=1</script><img src=x onerror="window.pwned=2">';

let browser: Browser;
let html = '';
let hostile = '';

beforeAll(async () => {
  browser = await launchChromium();
  await withProject('sqlite', async (project) => {
    html = await renderReport(await lived(project), 'html');
  });
  await withProject('sqlite', async (project) => {
    project.migration(
      '001_users',
      `CREATE TABLE "users ${SCRIPT.replaceAll('"', '""')}" (id integer PRIMARY KEY, "a'b&amp;<b>" text DEFAULT '${SCRIPT}');\n-- ${SCRIPT}\n`,
      `DROP TABLE "users ${SCRIPT.replaceAll('"', '""')}"; -- ${SCRIPT}\n`,
      `-- @check it's "here" ${SCRIPT}\n-- @expect value = 7\nSELECT 8 AS "${SCRIPT.replaceAll('"', '""')}";\n`,
    );
    await rejection(migrate(project.config, project.options));
    project.write('verify/001_users.sql', `-- @check it's "here" ${SCRIPT}\n-- @expect rows = 1\nSELECT 1;\n`);
    await migrate(project.config, project.options);
    hostile = await renderReport(await report(project.config, project.options), 'html');
  });
});

afterAll(async () => browser.close());

/** A database with a history: a rollback, a failed check, a timed one, a table that is another now, and drift. */
async function lived(project: Project): Promise<Report> {
  usersAndAddresses(project);
  await migrate(project.config, project.options);
  await rollback(project.config, { ...project.options, to: '001' });
  project.migration(
    '003_orders',
    'CREATE TABLE orders (id integer PRIMARY KEY, user_id integer REFERENCES users (id));\n',
    'DROP TABLE orders;\n',
    '-- @check orders by id\n-- @expect median < 5 s\nSELECT * FROM orders WHERE id = 1;\n',
  );
  await migrate(project.config, project.options);
  project.migration(
    '004_wrong',
    'CREATE TABLE wrong (id integer);\n',
    'DROP TABLE wrong;\n',
    '-- @check there are rows\n-- @expect rows >= 3\nSELECT * FROM wrong;\n',
  );
  await rejection(migrate(project.config, project.options));
  const session = await createSqliteDatabase({ name: 'main', path: project.url.slice('sqlite:'.length) }).connect({
    create: false,
    label: 'by hand',
  });
  await session.batch([{ text: 'CREATE TABLE by_hand (id integer)' }]);
  await session.close();
  return report(project.config, project.options);
}

describe('the page of a report', () => {
  it('says first what is wrong, and asks for nothing from anywhere', async () => {
    await withPage(browser, html, {}, async ({ page }) => {
      expect(await page.locator('.verdict').textContent()).toContain('problem');
      const headlines = (await page.locator('.headlines > div').allTextContents()).join('\n');
      expect(headlines).toMatch(/State.*3 of 4 migrations applied, 1 pending, 003 is the last/u);
      expect(headlines).toMatch(/Failed checks.*1 of \d+ checks/u);
      expect(headlines).toMatch(/Unproven rollbacks.*4 of 4 migrations/u);
      expect(headlines).toMatch(/Drift.*1 difference/u);
      expect(await page.locator('.timeline .bar').count()).toBeGreaterThanOrEqual(4);
      expect(await page.evaluate("performance.getEntriesByType('resource').length")).toBe(0);
    });
  });

  it.each(['light', 'dark'] as const)('has nothing that axe finds wrong: %s', async (scheme) => {
    await withPage(browser, html, { scheme }, async ({ page }) => {
      await page.getByRole('button', { name: 'Open all' }).click();
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    });
  });

  it('keeps the theme that was chosen', async () => {
    await withPage(browser, html, { scheme: 'light' }, async ({ page }) => {
      const ground = async (): Promise<string> =>
        page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      const light = await ground();
      await page.getByRole('button', { name: 'Dark theme' }).click();
      expect(await ground()).not.toBe(light);
      await page.reload();
      expect(await ground()).not.toBe(light);
      await page.getByRole('button', { name: 'Light theme' }).click();
      expect(await ground()).toBe(light);
    });
  });

  it('opens, finds and follows with the keyboard alone', async () => {
    await withPage(browser, html, {}, async ({ page }) => {
      await page.keyboard.press('Tab');
      await expect.poll(async () => page.evaluate('document.activeElement.textContent')).toBe('To the content');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
      const reached: string[] = [];
      for (let at = 0; at < 60; at++) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate<string>(
          "document.activeElement.tagName + ' ' + (document.activeElement.closest('.migration') === null ? '' : document.activeElement.textContent)",
        );
        reached.push(focused);
        if (focused.includes('SUMMARY') && focused.includes('001')) break;
      }
      expect(reached.at(-1)).toContain('SUMMARY');
      expect(reached.some((each) => each.startsWith('INPUT'))).toBe(true);
      await page.keyboard.press('Enter');
      const first = page.locator('.migration').first();
      expect(await first.evaluate((element) => Reflect.get(element, 'open') as unknown)).toBe(true);
      expect(await first.locator('code .k').count()).toBeGreaterThan(0);
      await page.getByRole('searchbox').fill('orders by id');
      await expect.poll(async () => page.locator('.migration:visible').count()).toBe(1);
      expect(await page.locator('.migrations output').textContent()).toBe('1 of 4');
      await page.evaluate("location.hash = '#d0-m-004'");
      const wrong = page.locator('#d0-m-004');
      await expect.poll(async () => wrong.evaluate((element) => Reflect.get(element, 'open') as unknown)).toBe(true);
      expect(await wrong.textContent()).toMatch(/there are rows.*rows >= 3.*rows = 0/su);
    });
  });

  it('draws the tables of both states and shows one of them when asked', async () => {
    await withPage(browser, html, {}, async ({ page }) => {
      await page.getByRole('button', { name: 'Open all' }).click();
      const diagram = page.locator('#d0-m-002 .diagram');
      expect(await diagram.locator('.drawing .added:visible').count()).toBeGreaterThan(0);
      await diagram.getByLabel('Before').check();
      expect(await diagram.locator('.drawing .added:visible').count()).toBe(0);
      await diagram.getByLabel('After').check();
      expect(await diagram.locator('.drawing .added:visible').count()).toBeGreaterThan(0);
      expect((await page.locator('#d0-m-002 .diff .plus').allTextContents()).join('')).toContain(
        'CREATE INDEX users_address',
      );
    });
  });

  it('does nothing that a text of a migration, check, table or name says', async () => {
    await withPage(browser, hostile, {}, async ({ page }) => {
      await page.getByRole('button', { name: 'Open all' }).click();
      expect(await page.evaluate('globalThis.pwned')).toBeUndefined();
      // Not only stopped by the policy: no such element came to be.
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.locator('script').count()).toBe(1);
      expect(await page.locator('.migration code').first().textContent()).toContain(SCRIPT);
      expect(await page.locator('svg title, svg text').allTextContents()).toContainEqual(
        `"users ${SCRIPT.replaceAll('"', '""')}"`,
      );
      expect(await page.locator('.checks').first().textContent()).toContain(`it's "here" ${SCRIPT}`);
    });
  });

  it('lets no other script run, even one that came to be in it', async () => {
    const planted = html.replace('</main>', '<script>window.pwned = 1;</script></main>');
    await expect(withPage(browser, planted, {}, async () => Promise.resolve())).rejects.toThrow(
      /Content Security Policy/u,
    );
  });

  it('prints with everything open', async () => {
    await withPage(browser, html, {}, async ({ page }) => {
      const closed = await page.pdf();
      const text = new TextDecoder('latin1').decode(closed);
      const pages = text.match(/\/Type\s*\/Page\b/gu)?.length ?? 0;
      expect(closed.byteLength).toBeGreaterThan(10_000);
      expect(pages).toBeGreaterThanOrEqual(3);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('nav').isVisible()).toBe(false);
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      expect(await page.locator('.migration:not([open])').count()).toBe(0);
      await page.evaluate("dispatchEvent(new Event('afterprint'))");
      expect(await page.locator('.migration[open]').count()).toBe(0);
    });
  });

  it('shows a thousand migrations before it has read them all', async () => {
    const many = await renderReport(manyMigrations(1000), 'html');
    await withPage(browser, many, {}, async ({ page }) => {
      expect(await page.locator('.migration').count()).toBe(1000);
      const times = await page.evaluate<{ paint: number; loaded: number }>(
        "({ paint: performance.getEntriesByName('first-contentful-paint')[0].startTime, loaded: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd })",
      );
      expect(times.paint).toBeLessThan(times.loaded);
      await page.getByRole('searchbox').fill('0777');
      await expect.poll(async () => page.locator('.migrations output').textContent()).toBe('1 of 1000');
      await page.locator('.migration:visible > summary').click();
      expect(await page.locator('.migration:visible').textContent()).toContain('CREATE TABLE table_0777');
      expect(await page.locator('.migration:visible code .k').count()).toBeGreaterThan(0);
    });
  });

  it('reads hostile texts of many migrations as texts too, and prints what was not opened', async () => {
    const many = manyMigrations(201);
    const [database] = many.databases;
    if (database === undefined) throw new Error('there is one database');
    const migrations = database.migrations.map((migration) => ({
      ...migration,
      parts: [{ title: SCRIPT, blocks: [{ kind: 'code', language: 'sql', text: SCRIPT } as const] }],
    }));
    const text = await renderReport({ ...many, databases: [{ ...database, migrations }] }, 'html');
    await withPage(browser, text, {}, async ({ page }) => {
      await page.locator('.migration > summary').first().click();
      expect(await page.locator('.migration code').first().textContent()).toBe(SCRIPT);
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      expect(await page.locator('.migration .inside').count()).toBe(201);
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.evaluate('globalThis.pwned')).toBeUndefined();
    });
  });
});
