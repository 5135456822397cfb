import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bin = process.env['CHECK_BIN'] ?? resolve(import.meta.dirname, '../../scripts/priorphrase.mjs');
let dataDir = '';
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'priorphrase-cli-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));

function environment(extra: Record<string, string> = {}) {
  return { ...process.env, PRIORPHRASE_DATA_DIR: dataDir, ...extra };
}

function cli(args: readonly string[], extra: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    env: environment(extra),
  });
  return { status, stdout, stderr };
}

/** A Node that is too old for the product, where this machine has one. */
function oldNode(): string | null {
  const found = spawnSync('which', ['-a', 'node'], { encoding: 'utf8' }).stdout?.trim().split('\n') ?? [];
  const major = (node: string) =>
    Number(/^v(\d+)/.exec(spawnSync(node, ['-v'], { encoding: 'utf8' }).stdout)?.[1]);
  return found.find((node) => node !== '' && major(node) >= 20 && major(node) < 22) ?? null;
}

describe('the command as it is installed', () => {
  it('prints its version and its help, and tells bad usage', () => {
    expect(cli(['--version'])).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
    expect(cli(['--help']).stdout).toContain('Usage: priorphrase COMMAND');
    expect(cli(['rank', 'x']).status).toBe(2);
  });

  it('ranks phrases', () => {
    const { status, stdout, stderr } = cli([
      'rank',
      'abatement of pollution',
      'A47',
      '--limit',
      '5',
      '--json',
    ]);
    expect(status, stderr).toBe(0);
    const { results } = JSON.parse(stdout) as { results: { rank: number; score: number }[] };
    expect(results.length).toBeGreaterThan(0);
    expect(results[0]).toMatchObject({ rank: 1, score: expect.any(Number) });
  });

  it.each([
    [['rank', '', 'A47'], 2, /anchor is empty/],
    [['rank', '\u0007\u200b', 'A47'], 2, /anchor is empty/],
    [['rank', 'pump '.repeat(2000), 'A47'], 2, /at most 1,000/],
    [['rank', 'chair', 'A48'], 2, /A48.*Did you mean/s],
    [['cpc', 'import', 'nowhere.zip'], 2, /no file or folder at .*nowhere\.zip/],
    [['import', 'nowhere.csv', '--library', 'Mine'], 2, /nowhere\.csv/],
  ])('%j is the fault of the user: %i', (args, code, message) => {
    const { status, stdout, stderr } = cli(args);
    expect([status, stdout]).toEqual([code, '']);
    expect(stderr).toMatch(message);
  });

  it('tells a damaged workspace from bad input, and leaves it as it was', () => {
    const damaged = mkdtempSync(join(tmpdir(), 'priorphrase-damaged-'));
    const database = join(damaged, 'priorphrase.db');
    writeFileSync(database, 'not a database '.repeat(1000));
    const { status, stdout, stderr } = cli(['rank', 'chair', 'A47'], { PRIORPHRASE_DATA_DIR: damaged });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(database);
    expect(readFileSync(database, 'utf8')).toBe('not a database '.repeat(1000));
    rmSync(damaged, { recursive: true, force: true });
  });

  it('takes a reader that has gone away for no error', async () => {
    const child = spawn(process.execPath, [bin, 'cpc', 'search', 'a', '--limit', '200'], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Gone before anything was written, so that the very first write fails.
    child.stdout.destroy();
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    expect([await new Promise((done) => child.on('close', done)), errors]).toEqual([0, '']);
  });

  it('serves until it is interrupted, and ends in order', async () => {
    const child = spawn(process.execPath, [bin, 'serve', '--json'], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((done) => child.on('exit', (code) => done(code)));
    const printed = await new Promise<string>((done) =>
      child.stdout.once('data', (chunk: Buffer) => done(chunk.toString())),
    );
    const { url } = JSON.parse(printed) as { url: string };
    const signedIn = await fetch(url, { redirect: 'manual' });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(new URL('/', url), { headers: { cookie } });
    expect([signedIn.status, page.status]).toEqual([303, 200]);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  const old = oldNode();
  it.skipIf(old === null)('runs itself again with its own Node where the one at hand is too old', () => {
    const { status, stdout } = spawnSync(old ?? '', [bin, '--version'], {
      encoding: 'utf8',
      env: environment(),
    });
    expect([status, stdout]).toEqual([0, cli(['--version']).stdout]);
    expect(spawnSync(old ?? '', [bin, 'rank'], { env: environment() }).status).toBe(2);
  });
});
