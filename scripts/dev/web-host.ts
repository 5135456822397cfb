// The web host in development: its own sources as they are, the page from the dev server. Started again on changes.
import { forkEngine } from '../../src-main/engine-client/fork-engine.ts';
import { defaultDataDir } from '../../src-main/host/data-dir.ts';
import { installationOf } from '../../src-main/host/installation.ts';
import { openApp } from '../../src-main/services/app.ts';
import { startWebHost } from '../../src-main/web/web-host.ts';
import { proxyPage } from './proxy-page.ts';

const given = process.env['PRIORPHRASE_DEV'];
if (given === undefined) throw new Error('This runs as a part of "npm run dev".');
const { page, port, token, session } = JSON.parse(given) as {
  page: string;
  port: number;
  token: string;
  session: string;
};

const installation = installationOf(new URL('../../src-main/cli/main.ts', import.meta.url).href);
const app = await openApp({
  dataDir: defaultDataDir(),
  host: 'web',
  version: installation.version,
  resourcesDir: installation.resourcesDir,
  modelsDir: installation.modelsDir,
  spawnEngine: forkEngine(installation.enginePath),
});
const host = await startWebHost({
  app,
  rendererDir: installation.rendererDir,
  port,
  log: (message, error) => console.error(message, error),
  development: { secrets: { token, session }, page: proxyPage(new URL(page)) },
});
console.log(`Priorphrase in development: ${host.urlWithToken}`);

let closing = false;
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  await host.close();
  await app.close();
  process.exit(0);
}
process.on('SIGINT', () => void close());
process.on('SIGTERM', () => void close());
