// Takes pictures of every situation of the window and runs axe on each:
//   node tests/renderer/harness/shoot.ts /tmp/shots ['name|name']
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';

const out = resolve(process.argv[2] ?? '/tmp/shots');
const only = process.argv[3];
const built = join(out, '.built');
mkdirSync(out, { recursive: true });

await build({
  configFile: false,
  root: import.meta.dirname,
  logLevel: 'warn',
  plugins: [svelte({ configFile: false })],
  build: { outDir: built, emptyOutDir: true, assetsInlineLimit: 0 },
});

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const file = join(built, path === '/' ? 'index.html' : path);
  try {
    const body = readFileSync(file);
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const port = (server.address() as { port: number }).port;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Situation {
  readonly name: string;
  readonly query?: string;
  readonly act?: (page: Page) => Promise<void>;
  /** The screen to wait for; the lookup where it is left out. */
  readonly screen?: 'import' | 'jobs' | 'sheets';
  readonly sizes?: readonly (readonly [number, number])[];
}

const rank = async (page: Page, anchor = 'abatement of pollution') => {
  await page.getByLabel('Anchor phrase').fill(anchor);
  await page.getByRole('combobox', { name: 'CPC class' }).fill('A47');
  await page.getByRole('option', { name: /^A47 / }).click();
  await page.getByRole('button', { name: 'Rank', exact: true }).click();
};
const settled = (page: Page) => page.waitForTimeout(700);

const everySize = [
  [1280, 800],
  [1920, 1080],
  [900, 700],
  [640, 400],
] as const;

const situations: readonly Situation[] = [
  { name: 'empty' },
  { name: 'first-run', query: '?builtin' },
  { name: 'loading', query: '?hold=rank.retrieve', act: rank },
  { name: 'stage-one', query: '?hold=rank.score', act: rank },
  {
    name: 'stage-two',
    act: rank,
    sizes: everySize,
  },
  {
    name: 'details',
    act: async (page) => {
      await rank(page);
      await page.getByRole('option', { name: /Smell or pollution/ }).click();
    },
    sizes: [
      [1280, 800],
      [1920, 1080],
      [900, 700],
    ],
  },
  {
    name: 'selected',
    act: async (page) => {
      await rank(page);
      await page.getByRole('listbox', { name: 'Ranked phrases' }).focus();
      for (let index = 0; index < 3; index++) await page.keyboard.press('Shift+ArrowDown');
      await page.getByRole('button', { name: /^Copy \d/ }).click();
    },
  },
  {
    name: 'search',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'CPC class' }).fill('in general');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'tree',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'CPC class' }).fill('A47B1/02');
      await page.getByRole('option', { name: /A47B1\/02/ }).click();
      await page.getByRole('button', { name: 'Browse the CPC tree' }).click();
    },
    sizes: [
      [1280, 800],
      [1920, 1080],
      [900, 700],
    ],
  },
  {
    name: 'unknown-class',
    act: async (page) => {
      await page.getByLabel('Anchor phrase').fill('abatement of pollution');
      await page.getByRole('combobox', { name: 'CPC class' }).fill('A99Q');
      await page.getByRole('button', { name: 'Rank', exact: true }).click();
    },
  },
  { name: 'missing', act: (page) => page.getByRole('button', { name: 'Rank', exact: true }).click() },
  { name: 'error', query: '?fail=rank.retrieve', act: rank },
  { name: 'unscored', query: '?fail=rank.score&restarting', act: rank },
  { name: 'none', query: '?none', act: rank },
  { name: 'libraries', act: (page) => page.getByRole('button', { name: /Libraries to search/ }).click() },
  {
    name: 'filtered',
    act: async (page) => {
      await rank(page);
      await page.getByLabel('Filter the phrases').fill('zzz');
    },
  },
  { name: 'history', act: (page) => page.getByRole('button', { name: 'History' }).click() },
  { name: 'shortcuts', act: (page) => page.keyboard.press('?') },
  { name: 'import', query: '#/import', screen: 'import' },
  {
    name: 'import-upload',
    query: '?upload#/import',
    screen: 'import',
    act: (page) => page.getByRole('button', { name: 'Choose a file…' }).click(),
  },
  {
    name: 'import-preview',
    query: '#/import',
    screen: 'import',
    act: (page) => page.getByRole('button', { name: 'Choose a file…' }).click(),
    sizes: everySize,
  },
  {
    name: 'import-blocked',
    query: '#/import',
    screen: 'import',
    act: async (page) => {
      await page.getByRole('button', { name: 'Choose a file…' }).click();
      await page.getByLabel('Delimiter', { exact: true }).selectOption('\t');
    },
  },
  {
    name: 'import-run',
    query: '?import=slow#/import',
    screen: 'import',
    act: async (page) => {
      await page.getByRole('button', { name: 'Choose a file…' }).click();
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('Storing rows').waitFor();
    },
  },
  {
    name: 'import-done',
    query: '?import=quick#/import',
    screen: 'import',
    act: async (page) => {
      await page.getByRole('button', { name: 'Choose a file…' }).click();
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('rows stored').waitFor();
    },
    sizes: everySize,
  },
  { name: 'jobs', query: '?jobs#/jobs', screen: 'jobs', sizes: everySize },
  { name: 'jobs-none', query: '#/jobs', screen: 'jobs' },
  { name: 'sheets-none', query: '#/sheets', screen: 'sheets' },
  { name: 'sheets', query: '?sheets#/sheets', screen: 'sheets', sizes: everySize },
  { name: 'sheet', query: '?sheets#/sheets/7', screen: 'sheets', sizes: everySize },
  { name: 'sheet-unscored', query: '?sheets#/sheets/9', screen: 'sheets' },
  {
    name: 'sheet-row',
    query: '?sheets#/sheets/7',
    screen: 'sheets',
    act: async (page) => {
      await page.getByRole('grid').focus();
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
    },
    sizes: everySize,
  },
  {
    name: 'sheet-filtered',
    query: '?sheets#/sheets/7',
    screen: 'sheets',
    act: async (page) => {
      await page.getByRole('group', { name: 'Ratings to show' }).getByRole('button').nth(1).click();
      await page.getByText('As a table').click();
    },
  },
  ...(['Export…', 'Score again…', '3 bad rows', 'Remove the sheet…'] as const).map((name, place) => ({
    name: `sheet-dialog-${place}`,
    query: '?sheets#/sheets/7',
    screen: 'sheets' as const,
    act: (page: Page) => page.getByRole('button', { name, exact: true }).click(),
  })),
  {
    name: 'score-library',
    query: '?sheets#/sheets',
    screen: 'sheets',
    act: (page) => page.getByRole('button', { name: 'Score a library…' }).click(),
  },
  {
    name: 'query',
    act: async (page) => {
      await rank(page);
      await page.getByRole('button', { name: 'Query', exact: true }).click();
      await page.getByRole('menuitem', { name: 'The Lens…' }).click();
    },
  },
  { name: 'about', act: (page) => page.getByRole('button', { name: 'About Priorphrase' }).click() },
];

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
let problems = 0;
for (const situation of situations) {
  if (only !== undefined && !new RegExp(`^(${only})`).test(situation.name)) continue;
  for (const [width, height] of situation.sizes ??
    ([
      [1280, 800],
      [1920, 1080],
    ] as const)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const name = `${situation.name}-${width}-${colorScheme}`;
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        bypassCSP: false,
      });
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() !== 'error' && message.type() !== 'warning') return;
        problems++;
        console.log(`${name}: console: ${message.text()}`);
      });
      page.on('pageerror', (error) => {
        problems++;
        console.log(`${name}: ${error.message}`);
      });
      await page.goto(`http://127.0.0.1:${port}/${situation.query ?? ''}`);
      if (situation.screen === undefined) await page.getByLabel('Anchor phrase').waitFor();
      else await page.locator(`main h1`).first().waitFor({ state: 'attached' });
      try {
        await situation.act?.(page);
        await settled(page);
      } catch (error) {
        problems++;
        console.log(`${name}: ${(error as Error).message}`);
      }
      await page.screenshot({ path: join(out, `${name}.png`) });
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const run = (globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } })
          .axe;
        interface AxeViolation {
          id: string;
          help: string;
          nodes: { html: string; failureSummary: string }[];
        }
        const { violations } = await run.run();
        return violations.map(
          ({ id, help, nodes }) =>
            `${id}: ${help} (${nodes.length})\n    ${nodes[0]!.html.slice(0, 200)}\n    ${nodes[0]!.failureSummary.replace(/\n/g, ' ')}`,
        );
      });
      for (const violation of violations) {
        problems++;
        console.log(`${name}: axe ${violation}`);
      }
      await context.close();
    }
  }
}
await browser.close();
server.close();
console.log(problems === 0 ? 'no problems' : `${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;
