import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const child = join(import.meta.dirname, 'train-child.ts');

/** What became of a training process. */
export interface ChildEnd {
  readonly finished: boolean;
  /** The events that it told before its end. */
  readonly events: readonly { readonly kind: string; readonly step?: number }[];
}

/** Trains in a process of its own, and kills it so many milliseconds after its first step; null: never. */
export async function trainInChild(folder: string, killAfterMs: number | null): Promise<ChildEnd> {
  const started = spawn(process.execPath, [child, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const events: { kind: string; step?: number }[] = [];
  let timer: NodeJS.Timeout | null = null;
  const lines = createInterface({ input: started.stdout });
  lines.on('line', (line) => {
    events.push(JSON.parse(line) as { kind: string; step?: number });
    if (killAfterMs !== null) timer ??= setTimeout(() => started.kill('SIGKILL'), killAfterMs);
  });
  const [code, signal] = (await once(started, 'close')) as [number | null, string | null];
  if (timer) clearTimeout(timer);
  if (code !== 0 && signal !== 'SIGKILL')
    throw new Error(`The training process ended with ${code ?? signal}.`);
  return { finished: code === 0, events };
}

/** The bytes of the trained weights. */
export function trainedWeights(folder: string): Buffer {
  return readFileSync(join(folder, 'out/model.safetensors'));
}
