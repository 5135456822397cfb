import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { serveApp, type ServedApp } from '../support/served-app.ts';

// The whole way of a file through the screens, in the order that an analyst goes it: each test goes on where the last ended.

const rows = 30_000;
let dir = '';
let served: ServedApp;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

/** Pairs with a semicolon between cells; some rows are bad, one cell looks like a formula. */
function pairs(): string {
  const parts = [
    'blade',
    'handle',
    'motor',
    'filter',
    'grinding disc',
    'cup',
    'lid',
    'switch',
    'hopper',
    'burr',
  ];
  const anchors = ['coffee mill', 'vacuum cleaner', 'folding chair'];
  const lines = Array.from({ length: rows }, (_, at) => {
    const anchor = anchors[at % anchors.length];
    const target = `${parts[at % parts.length]} ${Math.floor(at / 6)}`;
    const remark = at === 5 ? '=HYPERLINK("http://example.com")' : `no. ${at}`;
    return `"${anchor}";"${target}";A47;"${remark.replaceAll('"', '""')}"`;
  });
  lines[10] = '"coffee mill";"";A47;"no target"';
  lines[20] = '"coffee mill";"burr grinder";Q99;"no such class"';
  return `anchor;target;class;remark\r\n${lines.join('\r\n')}\r\n`;
}

async function chooseFile(button: string, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).first().click();
  await (await chooser).setFiles(path);
}

async function downloaded(act: () => Promise<unknown>): Promise<string> {
  const download = page.waitForEvent('download');
  await act();
  return (await download).path();
}

async function axeProblems(): Promise<unknown[]> {
  await page.evaluate(AxeBuilder.source);
  const { violations } = await page.evaluate(() =>
    (
      window as unknown as {
        axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe.run(),
  );
  return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html.slice(0, 120)) }));
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'priorphrase-bulk-'));
  writeFileSync(join(dir, 'pairs.csv'), pairs());
  served = await serveApp(join(dir, 'data'));
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
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

describe('a file on its whole way', () => {
  it('is chosen and previewed with what was detected', async () => {
    await page.getByRole('link', { name: 'Import', exact: true }).click();
    await chooseFile('Choose a file…', join(dir, 'pairs.csv'));
    await page.getByRole('combobox', { name: /^Delimiter/ }).waitFor();
    expect(await page.getByText('coffee mill').first().isVisible()).toBe(true);
    expect(await axeProblems()).toEqual([]);
  });

  it('can be read with a wrong delimiter, which is seen and corrected by hand', async () => {
    const delimiter = page.getByRole('combobox', { name: /^Delimiter/ });
    await delimiter.selectOption(',');
    const go = page.getByRole('button', { name: 'Import', exact: true });
    await expect.poll(() => page.getByRole('combobox', { name: /^Role of column/ }).count()).toBe(1);
    await delimiter.selectOption(';');
    await expect.poll(() => page.getByRole('combobox', { name: /^Role of column/ }).count()).toBe(4);
    expect(await page.getByRole('combobox', { name: 'Role of column target' }).inputValue()).toBe('target');
    await expect.poll(() => go.isEnabled()).toBe(true);
  });

  it('is imported but for its bad rows', async () => {
    await page
      .getByRole('combobox', { name: /^Library/ })
      .or(page.getByRole('textbox', { name: /^Library/ }))
      .first()
      .fill('Kitchen');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('2 rows could not be used').waitFor({ timeout: 60_000 });
    expect(await page.getByText('29,998').first().isVisible()).toBe(true);
    expect(await axeProblems()).toEqual([]);
  });

  it('gives its bad rows as a file to mend, which is imported again into their places', async () => {
    const report = await downloaded(() =>
      page.getByRole('button', { name: 'Download the bad rows' }).first().click(),
    );
    const text = readFileSync(report, 'utf8');
    expect(text.split('\r\n')[0]).toMatch(/^anchor,target,class,remark,line,column,found,expected$/);
    const mended = text.replace('coffee mill,,A47', 'coffee mill,grinding cone,A47').replace('Q99', 'A47');
    expect(mended).not.toBe(text);
    writeFileSync(join(dir, 'mended.csv'), mended);
    await chooseFile('Import the mended file…', join(dir, 'mended.csv'));
    await page
      .getByText(/rows of/)
      .or(page.getByText(/mend/i))
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('button', { name: 'Open the sheet' }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Open the sheet' }).click();
    await page.getByRole('grid').waitFor();
    await expect.poll(() => page.getByText('30,000 rows').first().isVisible()).toBe(true);
  });

  it('is scored, paused, and still paused after a reload', async () => {
    await page
      .getByRole('button', { name: /^Score/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Score', exact: true }).click();
    await page.getByRole('button', { name: /^Pause Score/ }).click({ timeout: 30_000 });
    const resume = page.getByRole('button', { name: /^Resume: Score/ });
    await resume.waitFor({ timeout: 30_000 });
    await page.reload();
    await resume.waitFor({ timeout: 30_000 });
    expect(page.url()).toMatch(/#\/sheets\/\d+$/);
  });

  it('goes on where it stood, to the last row', async () => {
    await page.getByRole('button', { name: /^Resume: Score/ }).click();
    await page
      .getByRole('button', { name: /^Resume: Score/ })
      .waitFor({ state: 'detached', timeout: 30_000 });
    await page.getByRole('button', { name: /^Pause Score/ }).waitFor({ state: 'detached', timeout: 90_000 });
    const grid = page.getByRole('grid');
    await expect.poll(() => grid.getByText(/^[01]\.\d\d$/).count(), { timeout: 30_000 }).toBeGreaterThan(5);
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(rows + 1));
    expect(await axeProblems()).toEqual([]);
  });

  it('is sorted by its scores and shows every cell of a row', async () => {
    await page.getByRole('columnheader', { name: /Score/ }).getByRole('button').click();
    const scores = async () =>
      (
        await page
          .getByRole('grid')
          .getByText(/^[01]\.\d\d$/)
          .allInnerTexts()
      ).map(Number);
    await expect.poll(async () => (await scores()).length).toBeGreaterThan(5);
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page
      .getByText(/^no\. \d+$/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
  });

  it('is exported with every row and column, its scores, and no formula left bare', async () => {
    await page
      .getByRole('button', { name: /^Export/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    const path = await downloaded(() => dialog.getByRole('button', { name: 'Export', exact: true }).click());
    const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n');
    expect(lines[0]).toBe('anchor,target,class,remark,score,rating,relation,error');
    expect(lines.length).toBe(rows + 1);
    const scored = lines.filter((line) => /,(?:0|1|0?\.\d+),[a-z ]+,,$/.test(line)).length;
    expect(scored).toBe(rows);
    expect(lines.some((line) => line.includes(`"'=HYPERLINK(""http://example.com"")"`))).toBe(true);
    expect(lines.filter((line) => line.includes('grinding cone')).length).toBe(1);
  });

  it('leaves no complaint in the console', () => {
    expect(complaints).toEqual([]);
  });
});
