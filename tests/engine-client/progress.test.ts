import { expect, it, onTestFinished } from 'vitest';
import type { EngineInput } from '../../src-main/contract/engine-calls.ts';
import { recipe, type TrainingState } from '../../src-main/contract/recipe.ts';
import { createEngineClient } from '../../src-main/engine-client/engine-client.ts';
import type { EngineProcess } from '../../src-main/engine-client/engine-process.ts';

const device = { asked: 'webgpu', used: 'cpu', reason: 'no adapter' };
const state: TrainingState = {
  device,
  epoch: 1,
  epochs: 2,
  step: 3,
  steps: 4,
  loss: 0.5,
  rowsPerSecond: 9,
  history: [],
};

const input: EngineInput<'training.run'> = {
  folder: '/nowhere',
  recipe: recipe.parse({}),
  pack: null,
  builtInTokeniser: '/nowhere',
  dataHash: '',
  anchors: [],
  targets: [],
  contexts: [],
  contextIndex: new Int32Array(0),
  scores: new Float32Array(0),
  heldOut: new Uint8Array(0),
};

it('passes on how far a call is, as long as it is what the contract says and somebody waits', async () => {
  let say: (message: unknown) => void = () => undefined;
  const asked = Promise.withResolvers<number>();
  const process: EngineProcess = {
    send: (message) => asked.resolve((message as { id: number }).id),
    onMessage: (listener) => {
      say = listener;
      queueMicrotask(() => listener({ ready: true }));
    },
    onExit: () => undefined,
    kill: () => undefined,
  };
  const engine = createEngineClient({ spawn: () => process, limits: { endMs: 1 } });
  onTestFinished(() => engine.stop());
  const heard: TrainingState[] = [];
  const call = engine.call('training.run', input, undefined, (progress) => void heard.push(progress));
  const id = await asked.promise;
  say({ id, progress: state });
  say({ id, progress: { epoch: 'one' } });
  say({ id: id + 1, progress: state });
  const value = { history: [], bestEpoch: 1, heldOutLogits: new Float32Array(0), device, files: [] };
  say({ id, ok: true, value });
  expect(await call).toEqual(value);
  say({ id, progress: state });
  expect(heard).toEqual([state]);
});
