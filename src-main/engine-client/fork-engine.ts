import { fork } from 'node:child_process';
import type { SpawnEngine } from './engine-process.ts';
import { lastWords } from './last-words.ts';

/** How an engine process is forked. */
export interface ForkOptions {
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Hears what the process writes to its standard error, for the log. */
  readonly onOutput?: (text: string) => void;
}

/** Options of Node for an engine: half of V8's young generation, which saves 60 MB and costs no time. */
export const engineFlags = ['--max-semi-space-size=16'];

const keptOutput = 2000;
// Messages and output that were written before the end may arrive after it.
const drainMs = 250;

/** Starts the engine as a Node process of its own; `entry` is its source in development, the built file otherwise. */
export function forkEngine(entry: string, options: ForkOptions = {}): SpawnEngine {
  return () => {
    const child = fork(entry, [], {
      serialization: 'advanced',
      // Options of this process, such as a debugger's port, are not for a second one.
      execArgv: engineFlags,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let output = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptOutput);
      options.onOutput?.(text);
    });

    const ended = Promise.withResolvers<string>();
    const drained = Promise.all([
      new Promise<void>((resolve) => child.once('close', () => resolve())),
      new Promise<void>((resolve) => child.once('disconnect', () => resolve())),
    ]);
    child.on('error', (error) => ended.resolve(error.message));
    child.once('exit', (code, signal) => {
      const report = (): void => {
        const how = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
        const words = lastWords(output);
        ended.resolve(words === null ? how : `${how}: ${words}`);
      };
      const timer = setTimeout(report, drainMs);
      void drained.then(() => clearTimeout(timer)).then(report);
    });

    return {
      // A process that has just gone fails the callback; its end is reported by itself.
      send: (message) => void child.send(message as object, () => undefined),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void ended.promise.then(listener),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
