#!/usr/bin/env node
// The command line. Plain JavaScript that any Node since 20 understands.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runAgainIfTooOld } from './run/right-node.mjs';

const cli = new URL('../out/main/cli.js', import.meta.url);

async function main() {
  if (await runAgainIfTooOld(fileURLToPath(import.meta.url))) return;
  const { ensureBuilt } = await import('./ensure-built.mjs');
  await ensureBuilt({ say: (line) => console.error(line) });
  if (!existsSync(cli)) throw new Error('The built product is missing. Run "npm ci", then try again.');
  await import(cli.href);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
