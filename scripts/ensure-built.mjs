// Builds the product when it is missing or older than its sources. Plain JavaScript: it runs before anything is built.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '..');
const sources = ['src-main', 'src-renderer', 'electron.vite.config.ts', 'package.json'];
const outputs = [
  'main/index.js',
  'main/engine.js',
  'main/cli.js',
  'preload/preload.cjs',
  'renderer/index.html',
];
const lockWait = 180_000;

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined) return [];
  if (!info.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !name.startsWith('.') && name !== 'node_modules')
    .flatMap((name) => filesUnder(join(path, name)));
}

/** The identity of the sources: names and contents, so that a checkout that only touches times builds nothing. */
export function sourceHash(base = root) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(join(base, source)).sort()) {
      hash
        .update(`${relative(base, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/** Whether the build under `base` is there and was made from the sources beside it. */
export function isBuilt(base = root) {
  const out = join(base, 'out');
  if (!outputs.every((file) => existsSync(join(out, file)))) return false;
  // An installed product has no sources: what is built is what there is.
  if (!existsSync(join(base, 'src-main'))) return true;
  const stamp = join(out, 'built-from.txt');
  return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === sourceHash(base);
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

// One build at a time: two processes that start together would write the same files.
/** @param {string} lock @returns {boolean} */
function take(lock) {
  mkdirSync(resolve(lock, '..'), { recursive: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if ((holder > 0 && !alive(holder)) || age > lockWait) rmSync(lock, { force: true });
  return false;
}

/** @returns {Promise<void>} */
function build() {
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  if (!existsSync(cli)) {
    throw new Error(
      'The build tools are not installed. Run "npm ci" in the folder of the project, then try again.',
    );
  }
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (code === 0) done();
      else fail(new Error(`The build failed (${signal ?? `exit ${code}`}).\n${output.trim()}`));
    });
  });
}

/**
 * Builds the product if it is missing or older than its sources; quiet unless it has to build.
 * @param {{ readonly say?: (line: string) => void }} [options] where the one line about a build goes
 */
export async function ensureBuilt({ say = () => {} } = {}) {
  if (isBuilt()) return;
  const lock = join(root, '.cache/build.lock');
  const giveUp = Date.now() + lockWait;
  while (!take(lock)) {
    if (Date.now() > giveUp)
      throw new Error(`Another build holds ${lock} for too long; remove that file and try again.`);
    await sleep(200);
  }
  try {
    if (isBuilt()) return;
    say('Building Priorphrase (about half a minute, only when its sources have changed) …');
    await build();
  } finally {
    rmSync(lock, { force: true });
  }
}
