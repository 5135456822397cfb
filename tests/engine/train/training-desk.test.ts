import { describe, expect, it } from 'vitest';
import type { EngineInput } from '../../../src-main/contract/engine-calls.ts';
import { recipe, type TrainingState } from '../../../src-main/contract/recipe.ts';
import { TrainingDesk } from '../../../src-main/engine/train/training-desk.ts';

const input: EngineInput<'training.run'> = {
  folder: '/nowhere',
  recipe: recipe.parse({}),
  pack: null,
  builtInTokeniser: '/nowhere/tokenizer.json',
  dataHash: 'rows',
  anchors: ['pump'],
  targets: ['valve'],
  contexts: [{ symbol: 'A47', text: 'furniture' }],
  contextIndex: Int32Array.of(0),
  scores: Float32Array.of(0.5),
  heldOut: Uint8Array.of(0),
};

/** A thread that tells what it was asked, and ends when it is cancelled, or at once. */
function thread(waits: boolean): URL {
  const code = `
    import { parentPort, workerData } from 'node:worker_threads';
    parentPort.postMessage({ kind: 'told', told: workerData });
    const done = () => (parentPort.postMessage({ kind: 'done', given: 'made' }), parentPort.close());
    ${waits ? "parentPort.on('message', done)" : 'done()'};`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

describe('the training desk', () => {
  it('leaves all work to a thread, from opening the encoder on, so that the engine goes on answering', async () => {
    const told: unknown[] = [];
    const line = {
      threadEntry: thread(false),
      signal: new AbortController().signal,
      tell: (state: TrainingState) => void told.push(state),
      log: () => undefined,
    };
    // Nothing that the input names is there: had this process looked, it would have failed.
    expect(await new TrainingDesk().run(input, line)).toBe('made');
    expect(told).toEqual([{ work: 'recipe', asked: input }]);
  });

  it('runs one training after the other, none that was cancelled meanwhile, and tells when all is over', async () => {
    const desk = new TrainingDesk();
    const [first, second] = [new AbortController(), new AbortController()];
    // The first one runs when it is cancelled; the second never does.
    const tell = (): void => {
      second.abort();
      first.abort();
    };
    const line = { threadEntry: thread(true), tell, log: () => undefined };
    const order: string[] = [];
    const one = desk.run(input, { ...line, signal: first.signal }).then(() => order.push('first'));
    const two = desk.run(input, { ...line, signal: second.signal }).catch(() => order.push('second'));
    const settled = desk.settled().then(() => order.push('settled'));
    await Promise.all([one, two, settled]);
    expect(order).toEqual(['first', 'second', 'settled']);
  });
});
