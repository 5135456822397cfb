// Finds a Node that the product runs on, and runs it in the place of this one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const oldestMajor = 22;
/** @type {readonly NodeJS.Signals[]} */
const passedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Whether the product runs on a version of Node such as `24.21.0`; its database segfaults on older ones. */
export function runsOn(version = process.versions.node) {
  return Number(version.split('.')[0]) >= oldestMajor;
}

/** The Node that was installed with the product, null where there is none. */
export function packagedNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/**
 * Runs a program with this process's streams, passes signals on, and gives its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
export function runInstead(command, args, env = process.env) {
  return new Promise((done, fail) => {
    const child = spawn(command, [...args], { stdio: 'inherit', env });
    const pass = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
    for (const signal of passedSignals) process.on(signal, pass);
    const stop = () => passedSignals.forEach((signal) => process.off(signal, pass));
    child.on('error', (error) => {
      stop();
      fail(error);
    });
    child.on('exit', (code, signal) => {
      stop();
      done(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * Runs a script again with the packaged Node where this Node is too old.
 * @param {string} script its path
 * @returns {Promise<boolean>} true where that happened and this process has nothing left to do
 */
export async function runAgainIfTooOld(script) {
  if (runsOn()) return false;
  const node = packagedNode();
  if (node === null) {
    console.error(
      `Priorphrase needs Node ${oldestMajor} or newer; this is ${process.versions.node}, and the one that comes with ` +
        'Priorphrase is not installed. Run "npm ci" in its folder, or use a newer Node.',
    );
    process.exitCode = 1;
    return true;
  }
  process.exitCode = await runInstead(node, [script, ...process.argv.slice(2)]);
  return true;
}
