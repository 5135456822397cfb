import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fetchElectron, findElectron, whyNoWindow } from '../../scripts/run/electron-binary.mjs';

/** A folder as the npm package leaves it, with an installer of the test's own. */
function packageWith(installer: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'priorphrase-electron-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'install.js'), installer);
  return folder;
}

const place = `
  const fs = require('fs');
  fs.mkdirSync(__dirname + '/dist');
  fs.writeFileSync(__dirname + '/dist/electron', '');
  fs.writeFileSync(__dirname + '/path.txt', 'electron');
`;

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie waits only for whoever reaps it.
    return !(existsSync(`/proc/${pid}/stat`) && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
  } catch {
    return false;
  }
}

describe('Electron', () => {
  it('is found where its package has its binary', () => {
    const folder = packageWith('');
    expect(findElectron(folder)).toBeNull();
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(findElectron(folder)).toBeNull();
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist/electron'), '');
    chmodSync(join(folder, 'dist/electron'), 0o755);
    expect(findElectron(folder)).toBe(join(folder, 'dist/electron'));
  });

  it('is fetched by the installer of its package', async () => {
    const folder = packageWith(place);
    expect(await fetchElectron(30_000, folder)).toBe(join(folder, 'dist/electron'));
  });

  it.each(['process.exit(1)', 'throw new Error("no network")', 'process.kill(process.pid, "SIGSEGV")'])(
    'is not there after an installer that does %s',
    async (installer) => {
      expect(await fetchElectron(30_000, packageWith(installer))).toBeNull();
    },
  );

  it('is given up when the time is over, and nothing of the installer goes on', async () => {
    const folder = packageWith(`
      const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      require('fs').writeFileSync(__dirname + '/pids', process.pid + ' ' + child.pid);
      process.on('SIGTERM', () => {});
      setInterval(() => {}, 1000);
    `);
    expect(await fetchElectron(1500, folder)).toBeNull();
    const pids = readFileSync(join(folder, 'pids'), 'utf8').split(' ').map(Number);
    expect(pids.length).toBe(2);
    await vi.waitFor(() => expect(pids.filter(alive)).toEqual([]), { timeout: 5000 });
  });

  it('is not fetched where the user forbids it, or without its package', async () => {
    vi.stubEnv('ELECTRON_SKIP_BINARY_DOWNLOAD', '1');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await fetchElectron(30_000, packageWith(place))).toBeNull();
    vi.unstubAllEnvs();
    expect(await fetchElectron(30_000, '/nowhere')).toBeNull();
  });

  it.each([
    ['linux', {}, 1000, 'this machine has no display'],
    ['linux', { DISPLAY: '' }, 1000, 'this machine has no display'],
    ['linux', { DISPLAY: ':0' }, 0, 'its sandbox does not run as root'],
    ['linux', { DISPLAY: ':0' }, 1000, null],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
    ['darwin', {}, 0, null],
    ['win32', {}, undefined, null],
  ])('on %s with %j as user %s: %s', (platform, env, user, reason) => {
    expect(whyNoWindow({ platform, env, user })).toBe(reason);
  });
});
