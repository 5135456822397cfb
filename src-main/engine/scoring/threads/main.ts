import { parentPort } from 'node:worker_threads';
import { asScorer, loadPack } from '../../../packs/load-pack.ts';
import { openScorer } from '../../open-scorer.ts';
import { createSession } from '../../runtime/create-session.ts';
import type { Scorer } from '../scorer.ts';
import type { FromScoringThread, ToScoringThread } from './thread-messages.ts';

// The entry of a thread that helps the engine to score: it answers one message after the other with the same code, and so with
// the same scores.

const port = parentPort;
if (port === null) throw new Error('This is a scoring thread of Priorphrase; scoring-helpers.ts starts it.');

let opened: { readonly hash: string; readonly scorer: Promise<Scorer> } | null = null;
let last: Promise<unknown> = Promise.resolve();

async function open(dir: string, hash: string): Promise<Scorer> {
  const pack = asScorer(await loadPack(dir, { expectedHash: hash }));
  return openScorer(pack, (onnx) => createSession(onnx, { threads: 1 }));
}

async function answer({ id, pack, rows }: ToScoringThread): Promise<FromScoringThread> {
  try {
    if (opened?.hash !== pack.hash) {
      const before = opened;
      opened = { hash: pack.hash, scorer: open(pack.dir, pack.hash) };
      await before?.scorer.then((scorer) => scorer.release()).catch(() => undefined);
    }
    const scorer = await opened.scorer;
    const scores = rows === null ? [] : await scorer.score(rows, 'pair');
    return { id, scores: Float32Array.from(scores) };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

port.on('message', (message: ToScoringThread) => {
  last = last.then(async () => port.postMessage(await answer(message)));
});
