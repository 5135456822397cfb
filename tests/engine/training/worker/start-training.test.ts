import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../src-main/contract/app-error.ts';
import {
  packExamples,
  unpackExamples,
} from '../../../../src-main/engine/training/batches/packed-examples.ts';
import type { TrainEvent } from '../../../../src-main/engine/training/train-request.ts';
import { train } from '../../../../src-main/engine/training/trainer.ts';
import { explainMemory } from '../../../../src-main/engine/training/worker/memory-error.ts';
import { openModel } from '../../../../src-main/engine/training/worker/open-model.ts';
import { startTraining } from '../../../../src-main/engine/training/worker/start-training.ts';
import type { TrainingJob } from '../../../../src-main/engine/training/worker/training-job.ts';
import { readSafetensors } from '../../../../src-main/engine/weights/read-safetensors.ts';
import { readFileSync } from 'node:fs';
import { tinyConfig, tinyExamples, tinyRecipe } from '../tiny-encoder.ts';

const entry = new URL('../../../../src-main/engine/training/worker/main.ts', import.meta.url);
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'priorphrase-worker-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function job(settings: Partial<TrainingJob> = {}): TrainingJob {
  return {
    model: { config: tinyConfig, weights: null, seed: 3, pooling: 'cls', headDropout: 0 },
    training: packExamples(tinyExamples(60)),
    holdOut: packExamples(tinyExamples(20, 2)),
    recipe: tinyRecipe(),
    padding: 0,
    dataHash: 'rows',
    checkpoints: null,
    runtime: { threads: 1 },
    outputFolder: null,
    ...settings,
  };
}

describe('a training job in a thread of its own', () => {
  it('reports its epochs and writes the weights that the same run gives here', async () => {
    const events: TrainEvent[] = [];
    const report = await startTraining(entry, 'job', job({ outputFolder: folder }), {
      onTold: (event) => events.push(event),
    });
    const here = job();
    const { memory, ...outcome } = await train({
      ...here,
      model: openModel(here.model),
      training: unpackExamples(here.training),
      holdOut: unpackExamples(here.holdOut),
    });
    expect(report).toEqual({ ...outcome, files: ['model.safetensors', 'onnx/model.onnx'] });
    expect(events.filter(({ kind }) => kind === 'epoch')).toHaveLength(2);
    expect(events.at(-2)?.kind).toBe('step');
    for (const [name, { bytes }] of readSafetensors(readFileSync(join(folder, 'model.safetensors')))) {
      expect(
        Buffer.from(bytes).equals(Buffer.from(new Uint8Array(memory.values(name).slice().buffer))),
        name,
      ).toBe(true);
    }
  });

  it('goes on from weights in a file, with a fresh head where the file has none', async () => {
    await startTraining(entry, 'job', job({ outputFolder: folder }));
    const weights = join(folder, 'model.safetensors');
    const { history } = await startTraining(
      entry,
      'job',
      job({ model: { config: tinyConfig, weights, seed: 3, pooling: 'cls', headDropout: 0 } }),
    );
    const { history: fresh } = await startTraining(entry, 'job', job());
    expect(history[0]?.loss).toBeLessThan(fresh[0]?.loss ?? 0);
  });

  it('ends when it is cancelled, and is taken up again to the same end', async () => {
    const checkpoints = { folder: join(folder, 'checkpoints'), everySteps: 2 };
    const recipe = tinyRecipe({ epochs: 30 });
    const abort = new AbortController();
    const cancelled = startTraining(entry, 'job', job({ checkpoints, recipe }), {
      signal: abort.signal,
      onTold: (event) => {
        if (event.kind === 'epoch') abort.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const events: TrainEvent[] = [];
    const resumed = await startTraining(entry, 'job', job({ checkpoints, recipe }), {
      onTold: (event) => events.push(event),
    });
    expect(events[0]?.kind).toBe('resumed');
    expect(resumed).toEqual(await startTraining(entry, 'job', job({ recipe })));
  });

  it('leaves the thread that started it free', async () => {
    let turns = 0;
    const count = setInterval(() => turns++, 2);
    await startTraining(entry, 'job', job({ training: packExamples(tinyExamples(600)) }));
    clearInterval(count);
    // No time is asserted: a blocked loop would have had no turn at all.
    expect(turns).toBeGreaterThan(10);
  });

  it('says what is wrong with the model, as it would here', async () => {
    const broken = job({
      model: { config: { model_type: 'gpt2' }, weights: null, seed: 1, pooling: 'cls', headDropout: 0 },
    });
    await expect(startTraining(entry, 'job', broken)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('that runs out of memory says so, keeps its checkpoint and ends the same once there is room', async () => {
    const checkpoints = { folder: join(folder, 'checkpoints'), everySteps: 1 };
    const abort = new AbortController();
    const onTold = (event: TrainEvent): void => void (event.kind === 'epoch' && abort.abort());
    const settings = { checkpoints, recipe: tinyRecipe({ epochs: 6 }) };
    await startTraining(entry, 'job', job(settings), { signal: abort.signal, onTold }).catch(() => undefined);
    const kept = readdirSync(checkpoints.folder);
    expect(kept.length).toBeGreaterThan(0);

    const starved = startTraining(entry, 'job', job(settings), { heapMegabytes: 12 });
    await expect(starved).rejects.toMatchObject({
      code: 'engine-failed',
      message: expect.stringMatching(/ran out of memory and stopped; the last checkpoint is kept/) as string,
    });
    expect(readdirSync(checkpoints.folder)).toEqual(kept);
    expect(await startTraining(entry, 'job', job(settings))).toEqual(
      await startTraining(entry, 'job', job({ recipe: settings.recipe })),
    );
  });

  it.each([
    new RangeError('Array buffer allocation failed'),
    new RangeError('WebAssembly.Memory(): could not allocate memory'),
    new Error('[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Non-zero status code. std::bad_alloc'),
    new Error(
      'BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 8589934592',
    ),
  ])('knows that memory ran out by %s', (error) => {
    expect(explainMemory(error)).toMatchObject({ code: 'engine-failed', cause: error });
  });

  it('takes no other error for a lack of memory', () => {
    const [bug, refusal] = [new TypeError('x is undefined'), new AppError('bad-input', 'out of memory')];
    expect([explainMemory(bug), explainMemory(refusal)]).toEqual([bug, refusal]);
    expect(explainMemory(refusal)).toBe(refusal);
  });

  it('refuses before it begins an encoder that no pack could hold', async () => {
    const config = { ...tinyConfig, hidden_size: 16_384, intermediate_size: 16_384, num_hidden_layers: 1 };
    const model = { config, weights: null, seed: 1, pooling: 'cls' as const, headDropout: 0 };
    await expect(startTraining(entry, 'job', job({ model, outputFolder: folder }))).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(
        /has \d{4} million parameters; a pack holds at most 403 million/,
      ) as string,
    });
  });

  it('reports a thread that dies', async () => {
    const dying = new URL('data:text/javascript,process.exit(3)');
    await expect(startTraining(dying, 'job', job())).rejects.toMatchObject({ code: 'engine-failed' });
  });
});
