import { forkEngine } from '../engine-client/fork-engine.ts';
import { makeDataDir } from '../host/data-dir.ts';
import { installationOf } from '../host/installation.ts';
import { keepHeapSmall } from '../host/keep-heap-small.ts';
import { commands } from './commands.ts';
import { exitCodes } from './exit-code.ts';
import { runCli, type OutputStream } from './run-cli.ts';

keepHeapSmall();
const interruption = new AbortController();
let pipeClosed = false;

let interruptedAt = -Infinity;

function interrupt(): void {
  // One Ctrl+C may arrive twice: from the terminal, and passed on by the process that started this one.
  const again = performance.now() - interruptedAt > 500;
  if (interruption.signal.aborted && again) process.exit(exitCodes.interrupted);
  if (!interruption.signal.aborted) interruptedAt = performance.now();
  interruption.abort();
}
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
process.on('SIGHUP', interrupt);

function output(stream: NodeJS.WriteStream): OutputStream {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough, as `head` does: no error, but nothing left to do either.
    if (error.code !== 'EPIPE') throw error;
    pipeClosed = true;
    interruption.abort();
  });
  return {
    write: (text) => void (pipeClosed || stream.write(text)),
    isTerminal: stream.isTTY === true,
    columns: stream.columns ?? 80,
  };
}

const installation = installationOf(import.meta.url);
const code = await runCli(process.argv.slice(2), {
  commands,
  installation,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  colours: (process.env['NO_COLOR'] ?? '') === '',
  signal: interruption.signal,
  async openApp(dataDir, host) {
    makeDataDir(dataDir);
    // Loaded on demand: help and usage errors need no database.
    const { openApp } = await import('../services/app.ts');
    const { version, resourcesDir, modelsDir, enginePath } = installation;
    const spawnEngine = forkEngine(enginePath);
    return openApp({ dataDir, host, version, resourcesDir, modelsDir, spawnEngine });
  },
});
// Standard output may be a pipe that takes its time; leave when it has taken everything.
await new Promise((done) => process.stdout.write('', done));
process.exit(pipeClosed ? exitCodes.done : code);
