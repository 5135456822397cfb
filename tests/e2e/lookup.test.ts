import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import AxeBuilder from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { serveApp, type ServedApp } from '../support/served-app.ts';

const bin = resolve(import.meta.dirname, '../../scripts/priorphrase.mjs');
const phrases = [
  'pollution abatement',
  'reduction of pollution',
  'abatement of noise',
  'coffee mill',
  'steel bridge',
  '=HYPERLINK("x")',
];

let dir = '';
let served: ServedApp;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

const rows = () => page.getByRole('listbox', { name: 'Ranked phrases' }).getByRole('option');
const firstRow = () => rows().first().innerText();
const scored = () => page.getByText(/^Scored/).waitFor();

async function ask(anchor: string, context: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Anchor phrase' }).fill(anchor);
  await page.getByRole('combobox', { name: 'CPC class' }).fill(context);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Rank', exact: true }).click();
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'priorphrase-e2e-'));
  const list = join(dir, 'list.csv');
  writeFileSync(list, ['phrase', ...phrases.map((phrase) => `"${phrase.replaceAll('"', '""')}"`)].join('\n'));
  const imported = spawnSync(
    process.execPath,
    [bin, 'import', list, '--library', 'Own list', '--data-dir', join(dir, 'data')],
    { encoding: 'utf8' },
  );
  expect(imported.stderr + imported.stdout).toContain('6 new phrases');
  served = await serveApp(join(dir, 'data'));
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(served.url);
});

afterAll(async () => {
  await browser?.close();
  await served?.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

describe('the lookup screen in a browser', () => {
  it('opens without the token in the address', async () => {
    await page.getByRole('textbox', { name: 'Anchor phrase' }).waitFor();
    expect(page.url()).not.toContain('token');
  });

  it('ranks phrases for an anchor and a class, with scores and their meaning', async () => {
    await ask('abatement of pollution', 'A47');
    await scored();
    expect(await firstRow()).toMatch(/pollution abatement[\s\S]*(very close|synonym)/);
    expect(await firstRow()).toContain('Own list');
    await expect.poll(() => page.getByText('furniture; domestic articles').first().isVisible()).toBe(true);
    const scores = (await rows().allInnerTexts()).map((text) => Number(/\b[01]\.\d\d\b/.exec(text)?.[0]));
    expect(scores.length).toBeGreaterThan(5);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('finds a class by the words of its title', async () => {
    const field = page.getByRole('combobox', { name: 'CPC class' });
    await field.fill('coffee mills');
    const option = page.getByRole('listbox', { name: 'CPC symbols' }).getByRole('option').first();
    await expect.poll(() => option.innerText()).toMatch(/^A47/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toMatch(/^A47/);
  });

  it('names the nearest classes when one does not exist', async () => {
    await ask('abatement of pollution', 'A48');
    const alert = page.getByRole('alert');
    await alert.getByText(/"A48" is not a CPC symbol/).waitFor();
    const suggestion = alert.getByRole('button').first();
    const symbol = await suggestion.innerText();
    expect(symbol).toMatch(/^A\d\d$/);
    await suggestion.click();
    await scored();
    expect(await page.getByRole('combobox', { name: 'CPC class' }).inputValue()).toBe(symbol);
  });

  it('filters by library', async () => {
    await ask('abatement of pollution', 'A47');
    await scored();
    await page.getByRole('button', { name: /Libraries to search/ }).click();
    await page.getByRole('menuitemcheckbox', { name: /Own list/ }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Rank', exact: true }).click();
    await expect
      .poll(async () => (await rows().allInnerTexts()).every((text) => text.includes('Own list')))
      .toBe(true);
    expect(await rows().count()).toBeLessThanOrEqual(phrases.length);
  });

  it('filters the results by text and shows what each word contributes', async () => {
    await page.getByRole('searchbox').or(page.getByPlaceholder('Filter the phrases')).first().fill('noise');
    await expect.poll(() => rows().count()).toBe(1);
    await rows().first().click();
    await page.getByText('What each word contributes').waitFor();
    await expect.poll(() => page.getByText(/[+−]0\.\d\d/).count()).toBeGreaterThan(1);
  });

  it('repeats a query from the history, from earlier scores', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'History' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^abatement of pollution.*A47.*all libraries/s })
      .click();
    await page.getByText('Scored, from earlier scores').waitFor();
    expect(await firstRow()).toContain('pollution abatement');
  });

  it('keeps answering when the engine is killed', async () => {
    const children = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(served.process.pid)], {
      encoding: 'utf8',
    });
    const engine = children.stdout.split('\n').find((line) => line.includes('engine'));
    expect(engine).toBeDefined();
    process.kill(Number(engine?.trim().split(' ')[0]), 'SIGKILL');
    await ask('coffee grinder', 'A47');
    await scored();
    expect(await firstRow()).toMatch(/coffee/i);
  });

  it('asks for an anchor where there is none, and keeps the ranking that is shown', async () => {
    const before = await firstRow();
    await ask('   ', 'A47');
    await page.getByText('Type the phrase to compare with.').waitFor();
    expect(await firstRow()).toBe(before);
  });

  it.each(['light', 'dark'] as const)('has no accessibility violations in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await ask('abatement of pollution', 'A47');
    await scored();
    await page.evaluate(AxeBuilder.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof AxeBuilder }).axe.run(document, {
        resultTypes: ['violations'],
      }),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  });

  it('makes no request to another machine and breaks no policy of the page', () => {
    // An address that the server refuses on purpose shows as an error of the network, not of the page.
    expect(complaints.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
  });
});
