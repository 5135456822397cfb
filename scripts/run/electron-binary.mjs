// Finds Electron's binary, or fetches it for as long as the user can be kept waiting.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The npm package of Electron, which comes without its binary. */
export const electronFolder = resolve(import.meta.dirname, '../../node_modules/electron');

/** The path of Electron's binary, null where it was not fetched. */
export function findElectron(folder = electronFolder) {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist');
  const binary = join(dist, readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** @param {import('node:child_process').ChildProcess} child */
function killWithChildren(child) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

/**
 * Fetches the binary with the package's own installer; null where that does not end in time.
 * @param {number} limitMs
 * @returns {Promise<string | null>}
 */
export function fetchElectron(limitMs, folder = electronFolder) {
  const installer = join(folder, 'install.js');
  if (!existsSync(installer) || process.env['ELECTRON_SKIP_BINARY_DOWNLOAD']) return Promise.resolve(null);
  return new Promise((done) => {
    // A group of its own, so that whatever the installer starts ends with it.
    const child = spawn(process.execPath, [installer], {
      stdio: 'ignore',
      detached: process.platform !== 'win32',
    });
    const stop = () => killWithChildren(child);
    const timer = setTimeout(stop, limitMs);
    process.once('exit', stop);
    const finish = () => {
      clearTimeout(timer);
      process.off('exit', stop);
      done(findElectron(folder));
    };
    child.once('error', finish);
    child.once('exit', finish);
  });
}

/**
 * Why Electron could not open a window on this machine, or null.
 * @param {{ readonly platform: string, readonly env: NodeJS.ProcessEnv, readonly user: number | undefined }} [machine]
 */
export function whyNoWindow(
  machine = { platform: process.platform, env: process.env, user: process.getuid?.() },
) {
  if (machine.platform !== 'linux') return null;
  if (!machine.env['DISPLAY'] && !machine.env['WAYLAND_DISPLAY']) return 'this machine has no display';
  if (machine.user === 0) return 'its sandbox does not run as root';
  return null;
}
