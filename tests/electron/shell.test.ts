import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { pagePolicy } from '../../src-main/host/content-security-policy.ts';
import { bootShell, runtimes, workspace } from './run-shell.ts';

describe.each(runtimes)('the built shell under $name', (runtime) => {
  it('opens one locked page, serves it alone, and talks to nobody else', async () => {
    const run = bootShell(runtime, workspace(), 'all engine');
    const { code, output } = await run.ended;
    const facts = run.facts();
    expect(facts.failed, output).toBeUndefined();
    expect(code, output).toBe(0);

    expect(facts.window).toMatchObject({ width: 1280, height: 800, url: 'priorphrase://app/' });
    expect(facts.window.background.toLowerCase()).toMatch(/^#(f5f6f8|0f1218)$/);
    expect(facts.preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    });

    expect(facts.page.status).toBe(200);
    expect(facts.page.headers).toMatchObject({
      'content-security-policy': pagePolicy,
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    expect(facts.page.text).toMatch(/<!doctype html>/i);
    expect(Object.keys(facts.refused).length).toBeGreaterThan(5);
    // A real one may stop it even before it is asked for.
    for (const status of Object.values(facts.refused)) expect([404, 'refused']).toContain(status);
    expect(facts.posted).toBe(405);

    expect(facts.exposed).toEqual(['call', 'on', 'openFile', 'saveFile', 'takeFile']);
    expect(facts.info).toMatchObject({ host: 'electron', version: expect.stringMatching(/^\d/) });
    expect(facts.search).toContainEqual(expect.objectContaining({ symbol: 'A47' }));
    expect(facts.badInput.refused).toEqual({
      code: 'bad-input',
      message: expect.stringContaining('query: found 5'),
    });
    expect(facts.unknown.refused.code).toBe('bad-input');
    expect(facts.ranked.refused).toBeUndefined();
    expect(facts.ranked.results.length).toBeGreaterThan(0);
    expect(facts.stranger.refused.code).toBe('forbidden');

    expect(facts.menus.slice(-5)).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
    expect(facts.heard).toEqual([
      'focus-anchor',
      'show-history',
      'toggle-theme',
      'show-about',
      'show-import',
      'show-jobs',
    ]);
    expect(facts.heardAfterStop).toBe(6);

    expect(facts.fetchFromMain.error).toBeDefined();
    expect([facts.fetchFromPage, facts.reached]).toEqual(['refused', 0]);
    expect([facts.permission, facts.opened, facts.urlAfterNavigation]).toEqual([
      'denied',
      true,
      'priorphrase://app/',
    ]);
  });

  it('opens where it was closed', async () => {
    const folder = workspace();
    await bootShell(runtime, folder, 'move').ended;
    expect(JSON.parse(readFileSync(join(folder, 'window.json'), 'utf8'))).toEqual({
      x: 40,
      y: 60,
      width: 900,
      height: 700,
      maximized: false,
    });
    const second = bootShell(runtime, folder, '');
    await second.ended;
    expect(second.facts().bounds).toEqual({ x: 40, y: 60, width: 900, height: 700 });
  });

  it('starts though the remembered window is nonsense', async () => {
    const folder = workspace();
    writeFileSync(join(folder, 'window.json'), '{"x":1e99,"width":"wide"');
    const run = bootShell(runtime, folder, '');
    expect((await run.ended).code).toBe(0);
    expect(run.facts().window).toMatchObject({ width: 1280, height: 800 });
  });

  it('is one: a second start over the same workspace leaves at once', async () => {
    const folder = workspace();
    const first = bootShell(runtime, folder, 'hold');
    await vi.waitFor(() => expect(first.facts().ready).toBe(true), { timeout: 60_000, interval: 100 });
    const second = bootShell(runtime, folder, '');
    expect((await second.ended).code).toBe(0);
    expect(second.facts()).toEqual({});
    first.stop();
    await first.ended;
  });

  it('says why it cannot start', async () => {
    const run = bootShell(runtime, workspace(), '', {
      PRIORPHRASE_DATA_DIR: join(process.execPath, 'inside-a-file'),
    });
    const { code, output } = await run.ended;
    expect([code, run.facts()]).toEqual([1, {}]);
    expect(output).toMatch(/The workspace .* cannot be made/);
  });

  it('asks the environment for no page but one of this machine', async () => {
    const run = bootShell(runtime, workspace(), '', { ELECTRON_RENDERER_URL: 'https://evil.example/' });
    await run.ended;
    expect(run.facts().window.url).toBe('priorphrase://app/');
  });
});
