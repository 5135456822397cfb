import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const bin = resolve(import.meta.dirname, '../../scripts/priorphrase.mjs');

/** The built application, served to a browser by a process of its own. */
export interface ServedApp {
  /** The address with its token. */
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts `priorphrase serve` on a workspace and waits for its address. */
export async function serveApp(dataDir: string): Promise<ServedApp> {
  const child = spawn(process.execPath, [bin, 'serve', '--json', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const url = await new Promise<string>((found, failed) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('\n')) found((JSON.parse(output) as { url: string }).url);
    });
    child.once('exit', (code) => failed(new Error(`serve ended with code ${code}: ${complaints}`)));
  });
  return {
    url,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
