import { createHandlers } from './handlers.ts';
import { openScorer } from './open-scorer.ts';
import { parentPort } from './parent-port.ts';
import { deviceWords, type DeviceChoice } from '../contract/device.ts';
import { chooseProvider } from './runtime/choose-provider.ts';
import { createSession } from './runtime/create-session.ts';
import type { CreateSession } from './runtime/session.ts';
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

let choice: Promise<DeviceChoice> | null = null;

const openSession: CreateSession = async (onnx) => {
  choice ??= chooseProvider(process.env['PRIORPHRASE_DEVICE'] ?? 'cpu', createSession).then((chosen) => {
    const words = deviceWords(chosen);
    if (words !== null) log(words);
    return chosen;
  });
  return createSession(onnx, { provider: (await choice).used });
};

const threadEntry = new URL(
  import.meta.url.endsWith('.ts') ? './training/worker/main.ts' : './trainer.js',
  import.meta.url,
);
serve(port, createHandlers(openSession, openScorer, { threadEntry, log }), log);
