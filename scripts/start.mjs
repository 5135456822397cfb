// `npm start`: the application in its own window where Electron is there or can be had, else at a loopback address.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './ensure-built.mjs';
import { fetchElectron, findElectron, whyNoWindow } from './run/electron-binary.mjs';
import { runAgainIfTooOld, runInstead } from './run/right-node.mjs';

const root = resolve(import.meta.dirname, '..');
// The user hears within ten seconds where the application will be.
const fetchLimitMs = 8000;
// An Electron that ends with an error this soon could not open its window at all.
const failedStartMs = 8000;

/** @returns {Promise<{ readonly binary: string } | { readonly missing: string }>} */
async function electron() {
  const noWindow = whyNoWindow();
  if (noWindow !== null) return { missing: `Electron cannot open a window: ${noWindow}.` };
  const there = findElectron();
  if (there !== null) return { binary: there };
  console.log('Electron is not on this machine yet; trying to fetch it …');
  const fetched = await fetchElectron(fetchLimitMs);
  if (fetched !== null) return { binary: fetched };
  const later = 'With a connection to github.com, "npx install-electron" fetches it once.';
  return { missing: `Electron could not be fetched in ${fetchLimitMs / 1000} seconds at most. ${later}` };
}

/** @param {string} why @param {readonly string[]} args */
async function serve(why, args) {
  console.log(`${why} Serving Priorphrase to a browser instead.`);
  await ensureBuilt({ say: (line) => console.log(line) });
  const cli = new URL('../out/main/cli.js', import.meta.url);
  process.argv = [process.execPath, fileURLToPath(cli), 'serve', ...args];
  await import(cli.href);
}

async function main() {
  if (await runAgainIfTooOld(fileURLToPath(import.meta.url))) return;
  const args = process.argv.slice(2);
  if (args.includes('--web')) {
    await serve(
      'As asked:',
      args.filter((arg) => arg !== '--web'),
    );
    return;
  }
  const found = await electron();
  if ('missing' in found) {
    await serve(found.missing, args);
    return;
  }
  await ensureBuilt({ say: (line) => console.log(line) });
  const { ELECTRON_RUN_AS_NODE: _asNode, ELECTRON_RENDERER_URL: _url, ...env } = process.env;
  const started = performance.now();
  const code = await runInstead(found.binary, [root, ...args], env);
  const failed = code !== 0 && code < 128 && performance.now() - started < failedStartMs;
  if (failed) await serve(`Electron could not start (exit code ${code}).`, args);
  else process.exitCode = code;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
