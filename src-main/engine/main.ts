import { availableParallelism } from 'node:os';
import { createHandlers } from './handlers.ts';
import { openScorer } from './open-scorer.ts';
import { parentPort } from './parent-port.ts';
import { deviceWords, type DeviceChoice } from '../contract/device.ts';
import { chooseProvider } from './runtime/choose-provider.ts';
import { createSession } from './runtime/create-session.ts';
import type { CreateSession } from './runtime/session.ts';
import { ScoringHelpers } from './scoring/threads/scoring-helpers.ts';
import { serve } from './serve.ts';

// The entry of the engine process: started by Electron as a utility process or by Node as a fork.

const log = (text: string): void => void process.stderr.write(`${text}\n`);

// A parent that is gone reads no more; its end is heard through the port.
process.stderr.on('error', () => undefined);

const port = parentPort();
if (port === null) {
  log('This is the engine of Priorphrase. It is started by the application and does nothing on its own.');
  process.exit(1);
}

const fail = (error: unknown): void => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log(text);
  port.send({ fatal: text.slice(0, 2000) });
  // Messages leave asynchronously.
  setTimeout(() => process.exit(70), 50);
};
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

port.onClose(() => process.exit(0));
// Ctrl+C reaches every process of the terminal; the parent decides when the engine ends.
process.on('SIGINT', () => undefined);

const device = process.env['PRIORPHRASE_DEVICE'] ?? 'cpu';
let choice: Promise<DeviceChoice> | null = null;
let chosenDevice: DeviceChoice | null = null;

const openSession: CreateSession = async (onnx, options) => {
  choice ??= chooseProvider(device, createSession).then((chosen) => {
    const words = deviceWords(chosen);
    if (words !== null) log(words);
    chosenDevice = chosen;
    return chosen;
  });
  return createSession(onnx, { ...options, provider: (await choice).used });
};

const fromSource = import.meta.url.endsWith('.ts');
const fileOf = (source: string, built: string): URL => new URL(fromSource ? source : built, import.meta.url);
const threadEntry = fileOf('./training/worker/main.ts', './trainer.js');
const helpers = new ScoringHelpers({
  entry: fileOf('./scoring/threads/main.ts', './scoring-thread.js'),
  // Every core but that of this thread. On another device a score may differ in its last bit from the processor's.
  threads: device === 'cpu' ? availableParallelism() - 1 : 0,
  log,
});
serve(
  port,
  createHandlers(openSession, openScorer, { threadEntry, log }, helpers, () => chosenDevice),
  log,
);
