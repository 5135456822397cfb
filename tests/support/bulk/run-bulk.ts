import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** The jobs of the chain in which a kill can fall. */
export const bulkKinds = ['library-import', 'score-file', 'score-sheet', 'export'] as const;

/** One of them. */
export type BulkKind = (typeof bulkKinds)[number];

/** When to kill: some milliseconds after a job of a kind, or a later one, has begun. */
export interface Kill {
  readonly kind: BulkKind;
  readonly afterMs: number;
}

/** How a run of the chain ended. */
export interface BulkRun {
  readonly killed: boolean;
  /** How long each job took that began and ended in it. */
  readonly took: ReadonlyMap<string, number>;
}

/** Runs what is left of the chain in a process of its own, and kills that at a moment; throws where it fails otherwise. */
export async function runBulk(workspace: string, folder: string, kill: Kill | null): Promise<BulkRun> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bulk-child.ts'), workspace, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const took = new Map<string, number>();
  let begun = 0;
  let finished = false;
  let armed = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, kind = ''] = line.split(' ');
    if (word === 'begin') {
      begun = performance.now();
      if (!armed && kill !== null && placeOf(kind) >= placeOf(kill.kind)) {
        armed = true;
        void sleep(kill.afterMs).then(() => finished || child.kill('SIGKILL'));
      }
    } else if (word === 'end') took.set(kind, performance.now() - begun);
    else finished = true;
  }
  const [code, by] = await exit;
  if (by === 'SIGKILL') return { killed: true, took };
  if (code !== 0) throw new Error(`The chain of jobs ended with code ${code}: ${complaints}`);
  return { killed: false, took };
}

// An import is followed by the embedding of its phrases.
function placeOf(kind: string): number {
  return bulkKinds.indexOf((kind === 'embed' ? 'library-import' : kind) as BulkKind);
}
