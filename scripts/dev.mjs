// `npm run dev`: the application with hot reload, in Electron where it is there, else in a browser.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron, whyNoWindow } from './run/electron-binary.mjs';
import { runAgainIfTooOld, runInstead } from './run/right-node.mjs';

const root = resolve(import.meta.dirname, '..');

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function inBrowser() {
  const { createServer: createVite } = await import('vite');
  const { default: config } = await import('../electron.vite.config.ts');
  const vite = await createVite({
    ...config.renderer,
    configFile: false,
    logLevel: 'warn',
    cacheDir: join(root, '.cache/vite'),
    // Only the host in front of it is meant for a browser: there the token is checked.
    server: { host: '127.0.0.1', port: await freePort(), strictPort: true, fs: { allow: [root] } },
  });
  await vite.listen();
  const page = vite.resolvedUrls?.local[0];
  if (page === undefined) throw new Error('The dev server does not say where it listens.');
  const secret = () => randomBytes(32).toString('base64url');
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    // Kept over restarts of the host, so that the open page goes on working.
    PRIORPHRASE_DEV: JSON.stringify({ page, port: await freePort(), token: secret(), session: secret() }),
  };
  const host = join(root, 'scripts/dev/web-host.ts');
  const watch = ['--watch', '--watch-preserve-output', `--watch-path=${join(root, 'src-main')}`];
  const code = await runInstead(process.execPath, [...watch, host], env);
  await vite.close();
  return code;
}

async function main() {
  if (await runAgainIfTooOld(fileURLToPath(import.meta.url))) return;
  const noWindow = whyNoWindow() ?? (findElectron() === null ? 'its binary is not on this machine' : null);
  if (noWindow === null) {
    const electronVite = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
    process.exitCode = await runInstead(process.execPath, [electronVite, 'dev', '--watch']);
    return;
  }
  console.log(`Electron cannot be used (${noWindow}); developing in a browser.`);
  process.exitCode = await inBrowser();
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
