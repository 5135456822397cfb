import { mkdtempSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pearsonOf } from '../../../src-main/contract/correlation.ts';
import type { Example } from '../../../src-main/engine/training/batches/example.ts';
import { losses } from '../../../src-main/engine/training/losses/loss-table.ts';
import type { TrainEvent, TrainRequest } from '../../../src-main/engine/training/train-request.ts';
import { train } from '../../../src-main/engine/training/trainer.ts';
import { tinyEncoder, tinyExamples, tinyRecipe } from './tiny-encoder.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'priorphrase-train-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function request(settings: Partial<TrainRequest> = {}): TrainRequest {
  return {
    model: tinyEncoder(),
    training: tinyExamples(60),
    holdOut: tinyExamples(30, 2),
    recipe: tinyRecipe(),
    padding: 0,
    dataHash: 'rows 1',
    checkpoints: null,
    runtime: { threads: 1 },
    ...settings,
  };
}

const inFolder = (more: Partial<NonNullable<TrainRequest['checkpoints']>> = {}) => ({
  checkpoints: { folder, everySteps: 3, ...more },
});

/** All that a run leaves: the weights to the last bit, and what it says of its epochs. */
async function outcomeOf(wanted: TrainRequest) {
  const { memory, ...rest } = await train(wanted);
  return { ...rest, weights: Buffer.from(memory.region('values')).toString('base64') };
}

/** Runs until a condition on its events holds, then cancels it. */
async function cancelledRun(
  wanted: TrainRequest,
  when: (event: TrainEvent) => boolean,
): Promise<TrainEvent[]> {
  const abort = new AbortController();
  const events: TrainEvent[] = [];
  const onEvent = (event: TrainEvent): void => {
    events.push(event);
    if (when(event)) abort.abort();
  };
  await expect(train(wanted, { signal: abort.signal, onEvent })).rejects.toMatchObject({ code: 'cancelled' });
  return events;
}

describe('a training run', () => {
  it('learns what can be learnt', async () => {
    const { history, bestEpoch } = await train(
      request({
        training: tinyExamples(400),
        holdOut: tinyExamples(150, 2),
        recipe: tinyRecipe({ epochs: 6 }),
      }),
    );
    expect(history.map(({ epoch, rows }) => [epoch, rows])).toEqual(
      [1, 2, 3, 4, 5, 6].map((epoch) => [epoch, 150]),
    );
    expect(history[bestEpoch - 1]?.pearson).toBeGreaterThan(0.8);
    expect(history.at(-1)?.loss).toBeLessThan(history[0]?.loss ?? 0);
  });

  it('gives the same weights to the last bit when it is run again, and others for another seed', async () => {
    const [first, again, other] = [
      await outcomeOf(request()),
      await outcomeOf(request()),
      await outcomeOf(request({ recipe: tinyRecipe({ seed: 7 }) })),
    ];
    expect(again).toEqual(first);
    expect(other.weights).not.toBe(first.weights);
  });

  it('leaves the same weights with checkpoints and without', async () => {
    expect(await outcomeOf(request(inFolder()))).toEqual(await outcomeOf(request()));
  });

  it.each([
    ['in the first epoch', 2, 8],
    ['right after a checkpoint', 3, 8],
    ['in the last epoch', 13, 8],
    ['with gradients summed over runs', 5, 3],
  ])('that was cancelled %s ends as if it had not been', async (_, step, runRows) => {
    const recipe = tinyRecipe({ runRows });
    await cancelledRun(
      request({ recipe, ...inFolder() }),
      (event) => event.kind === 'step' && event.step === step,
    );
    const events: TrainEvent[] = [];
    const resumed = await train(request({ recipe, ...inFolder() }), {
      onEvent: (event) => events.push(event),
    });
    expect(events[0]?.kind).toBe('resumed');
    const { memory, ...rest } = resumed;
    expect({ ...rest, weights: Buffer.from(memory.region('values')).toString('base64') }).toEqual(
      await outcomeOf(request({ recipe })),
    );
  });

  it('computes a batch in parts where memory is short, as it does where the recipe says so', async () => {
    // The least that a process takes is more than this: one row at a time is the best it can do.
    const short = await outcomeOf(request({ recipe: tinyRecipe({ memoryLimitMb: 1 }) }));
    expect(short).toEqual(await outcomeOf(request({ recipe: tinyRecipe({ runRows: 1 }) })));
    const plenty = await outcomeOf(request({ recipe: tinyRecipe({ memoryLimitMb: 4096 }) }));
    expect(plenty).toEqual(await outcomeOf(request()));
  });

  it('that is finished is not run again', async () => {
    const first = await outcomeOf(request(inFolder()));
    const events: TrainEvent[] = [];
    const { history } = await train(request(inFolder()), { onEvent: (event) => events.push(event) });
    expect(events.map(({ kind }) => kind)).toEqual(['resumed']);
    expect(history).toEqual(first.history);
    expect(await outcomeOf(request(inFolder()))).toEqual(first);
  });

  it('keeps the last two checkpoints and the best weights', async () => {
    await train(request({ ...inFolder(), recipe: tinyRecipe({ epochs: 3 }) }));
    const names = readdirSync(folder);
    expect(names.filter((name) => /^step-\d+$/.test(name))).toHaveLength(2);
    expect(names.filter((name) => /^best-\d+$/.test(name)).length).toBeLessThanOrEqual(2);
    expect(names.filter((name) => !/^(?:step|best)-\d+$/.test(name))).toEqual([]);
  });

  it('gives the weights of the epoch that did best, not those of the last', async () => {
    // What is learnt is the opposite of what is held out, so every epoch makes it worse.
    const training = tinyExamples(200).map(({ ids, label }) => ({ ids, label: 1 - label }));
    const recipe = (epochs: number) =>
      tinyRecipe({ epochs, learningRate: 5e-3, headLearningRate: 5e-3, schedule: { kind: 'constant' } });
    const long = await train(request({ training, recipe: recipe(6) }));
    const values = long.history.map(({ pearson }) => pearson ?? -1);
    expect(values.at(-1)).toBeLessThan(-0.5);
    expect(long.bestEpoch).toBeLessThan(6);
    expect(values[long.bestEpoch - 1]).toBe(Math.max(...values));
    const short = await outcomeOf(request({ training, recipe: recipe(long.bestEpoch) }));
    expect(Buffer.from(long.memory.region('values')).toString('base64')).toBe(short.weights);
  });

  it('refuses the checkpoints of a run with other rows or another recipe', async () => {
    await train(request(inFolder()));
    await expect(train(request({ ...inFolder(), dataHash: 'rows 2' }))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('other rows') as string,
    });
    await expect(train(request({ ...inFolder(), recipe: tinyRecipe({ epochs: 3 }) }))).rejects.toThrow(
      'another recipe',
    );
  });

  it('leaves frozen parameters as they were and computes no gradient for them', async () => {
    const model = tinyEncoder();
    const before = new Map<string, Float32Array>();
    await model.load(({ name, shape }) => {
      const view = new Float32Array(shape.reduce((product, size) => product * size, 1));
      before.set(name, view);
      return view;
    });
    const { memory } = await train(
      request({ model, recipe: tinyRecipe({ freezeEmbeddings: true, frozenLayers: 1 }) }),
    );
    const changed = [...before]
      .filter(([name, values]) => !same(values, memory.values(name)))
      .map(([name]) => name);
    expect(changed.every((name) => /^(?:encoder\.layer\.1|head)\./.test(name))).toBe(true);
    expect(changed.length).toBeGreaterThan(10);
  });

  it('stops at a loss that is not a number, names the batch and keeps the last good checkpoint', async () => {
    const training: Example[] = tinyExamples(60);
    training[41] = { ids: training[41]?.ids ?? new Int32Array(1), label: NaN };
    const error = (await train(request({ training, ...inFolder({ everySteps: 1 }) })).catch(
      (found: unknown) => found,
    )) as { code: string; message: string; details: { rows: string[]; step: number } };
    expect(error.code).toBe('bad-input');
    expect(error.message).toMatch(/^The loss is NaN at step \d+ \(epoch 1\), in the batch of rows /);
    expect(error.details.rows).toContain('42');
    const kept = readdirSync(folder).filter((name) => name.startsWith('step-'));
    expect(kept.at(-1)).toBe(`step-${String(error.details.step - 1).padStart(8, '0')}`);

    // Mended, it goes on and ends as a run that never met the bad row.
    training[41] = { ids: training[41]?.ids ?? new Int32Array(1), label: 0.5 };
    const events: TrainEvent[] = [];
    const wanted = request({ training, ...inFolder() });
    const { memory, ...rest } = await train(wanted, { onEvent: (event) => events.push(event) });
    expect(events[0]).toEqual({ kind: 'resumed', step: error.details.step - 1 });
    expect({ ...rest, weights: Buffer.from(memory.region('values')).toString('base64') }).toEqual(
      await outcomeOf(request({ training })),
    );
  });

  it('stops when the disk is full, keeps the checkpoint before, and ends the same once there is room', async () => {
    const full = (after: number) => {
      let written = 0;
      return (file: number, bytes: Uint8Array, offset: number, length: number): number => {
        written += length;
        if (written > after) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        return writeSync(file, bytes, offset, length);
      };
    };
    await expect(train(request(inFolder({ write: full(400_000) })))).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining('Make room and resume') as string,
    });
    const kept = readdirSync(folder);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(await outcomeOf(request(inFolder()))).toEqual(await outcomeOf(request()));
  });

  it('without rows is refused', async () => {
    await expect(train(request({ training: [] }))).rejects.toThrow('There are no rows to train on');
  });

  it('ends early when epochs bring nothing better', async () => {
    const training = tinyExamples(60).map(({ ids, label }) => ({ ids, label: 1 - label }));
    const { history, bestEpoch } = await train(
      request({ training, recipe: tinyRecipe({ epochs: 30, patience: 2, schedule: { kind: 'constant' } }) }),
    );
    expect(history.length).toBe(bestEpoch + 2);
  });

  it('scores the rows held out with the best weights', async () => {
    const { history, bestEpoch, holdOutLogits } = await train(request());
    const labels = tinyExamples(30, 2).map(({ label }) => label);
    const scores = Array.from(holdOutLogits, losses['bce-with-logits'].predict);
    expect(pearsonOf(scores, labels)).toBe(history[bestEpoch - 1]?.pearson);
  });

  it('without a hold-out trains to the end', async () => {
    const { history, bestEpoch } = await train(request({ holdOut: [] }));
    expect([bestEpoch, history.at(-1)?.pearson, history.at(-1)?.rows]).toEqual([2, null, 0]);
  });
});

function same(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
