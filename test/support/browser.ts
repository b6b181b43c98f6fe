import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A headless Chromium: the one of the environment, else the machine's. None is a failure, never a skip. */
export async function launchChromium(): Promise<Browser> {
  const named = process.env['SUREFOOT_TEST_CHROMIUM'];
  const executablePath = named ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined)
    throw new Error('the report is tested in Chromium: install it, or name it in SUREFOOT_TEST_CHROMIUM');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Opened {
  readonly page: Page;
  /** Whatever the page asked for beside itself, said on its console, threw, or opened. */
  readonly noise: string[];
}

/** Opens HTML as a file, lends it, and fails when the page asked for anything, complained or opened a dialog. */
export async function withPage(
  browser: Browser,
  html: string,
  options: { readonly scheme?: 'light' | 'dark'; readonly width?: number },
  work: (opened: Opened) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'surefoot-page-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const { scheme = 'light', width = 1280 } = options;
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
  try {
    const page = await context.newPage();
    const own = pathToFileURL(file).href;
    const noise: string[] = [];
    page.on('request', (request) => {
      if (request.url() !== own) noise.push(`request ${request.url()}`);
    });
    page.on('console', (message) => noise.push(`console ${message.text()}`));
    page.on('pageerror', (error) => noise.push(`error ${error.message}`));
    page.on('dialog', (dialog) => {
      noise.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(own);
    await work({ page, noise });
    if (noise.length > 0) throw new Error(`the page was not quiet: ${noise.join('; ')}`);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What axe-core finds wrong with the page as it stands, as `rule: selector`. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate<readonly string[]>(`
    axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.target.join(' '))))
  `);
}
