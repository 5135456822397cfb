import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEncoderConfig } from '../../../src-main/engine/architectures/config/read-config.ts';
import { linearLogit } from '../../../src-main/engine/architectures/heads/linear-logit.ts';
import { fillBatch } from '../../../src-main/engine/training/batches/fill-batch.ts';
import { encoderModel } from '../../../src-main/engine/training/encoder-model.ts';
import { losses } from '../../../src-main/engine/training/losses/loss-table.ts';
import { adamwStep, gradientNorm } from '../../../src-main/engine/training/optimiser/adamw.ts';
import { parameterRoles } from '../../../src-main/engine/training/optimiser/parameter-roles.ts';
import { scheduleFactor } from '../../../src-main/engine/training/schedules/schedule.ts';
import { TrainingSession } from '../../../src-main/engine/training/session/training-session.ts';
import { loadWeights } from '../../../src-main/engine/weights/load-weights.ts';
import { weightsInMemory } from '../../../src-main/engine/weights/read-safetensors.ts';
import { tinyRecipe } from './tiny-encoder.ts';

const folder = join(import.meta.dirname, '../../fixtures/training');

interface Run {
  readonly config: Readonly<Record<string, unknown>>;
  readonly settings: {
    readonly learningRate: number;
    readonly headLearningRate: number;
    readonly weightDecay: number;
    readonly clip: number;
    readonly warmUp: number;
    readonly steps: number;
  };
  readonly batches: readonly { readonly rows: readonly number[][]; readonly labels: readonly number[] }[];
  readonly losses: readonly number[];
  readonly norms: readonly number[];
  readonly finalNorms: Readonly<Record<string, number>>;
}

const fixture = JSON.parse(readFileSync(join(folder, 'adamw-run.json'), 'utf8')) as Run;

/** The fixture's run by this project's means; rows of a run at most `runRows`, lengths padded to a multiple. */
async function repeatRun(runRows: number, lengthMultiple: number) {
  const { learningRate, headLearningRate, weightDecay, clip, warmUp, steps } = fixture.settings;
  const recipe = tinyRecipe({
    learningRate,
    headLearningRate,
    weightDecay,
    clip,
    schedule: { kind: 'linear', warmUp },
  });
  const model = encoderModel({
    config: readEncoderConfig(fixture.config),
    appendHead: linearLogit('mean'),
    load: async (parameters, viewOf) => {
      const source = weightsInMemory(readFileSync(join(folder, 'adamw-run.safetensors')));
      await loadWeights(source, { wanted: parameters, rules: { prefixes: [], ignored: [] }, viewOf });
    },
  });
  const roles = parameterRoles(model, recipe);
  const session = await TrainingSession.open({
    model,
    loss: losses['bce-with-logits'],
    trained: new Set(roles.map(({ name }) => name)),
    largest: { batch: 6, tokens: 16 },
    accumulates: runRows < 6,
    seed: 1,
    runtime: { threads: 1 },
  });
  const found: { losses: number[]; norms: number[] } = { losses: [], norms: [] };
  for (const [index, { rows, labels }] of fixture.batches.entries()) {
    const examples = rows.map((ids, row) => ({ ids: Int32Array.from(ids), label: labels[row] as number }));
    let loss = 0;
    for (let start = 0; start < rows.length; start += runRows) {
      const part = rows.map((_, row) => row).slice(start, start + runRows);
      const longest = Math.max(...part.map((row) => rows[row]?.length ?? 0));
      const tokens = Math.ceil(longest / lengthMultiple) * lengthMultiple;
      loss += await session.run(fillBatch({ rows: part, tokens }, examples, 0, 1 / rows.length), start === 0);
    }
    const norm = gradientNorm(session.memory);
    const factor = scheduleFactor(recipe.schedule, index, steps);
    adamwStep(session.memory, roles, { step: index + 1, factor, norm, settings: recipe });
    found.losses.push(loss);
    found.norms.push(norm);
  }
  const finalNorms = Object.fromEntries(
    Object.keys(fixture.finalNorms).map((name) => [name, Math.hypot(...session.memory.values(name))]),
  );
  await session.close();
  return { ...found, finalNorms };
}

describe('a run of 100 steps', () => {
  it.each([
    ['whole batches', 6, 1],
    ['padding to multiples of 8', 6, 8],
    ['gradients summed over runs of 4 and 2 rows', 4, 1],
  ])('follows the losses of PyTorch within 1e-4: %s', async (_, runRows, lengthMultiple) => {
    const found = await repeatRun(runRows, lengthMultiple);
    const worst = (a: readonly number[], b: readonly number[]) =>
      a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0);
    expect(found.losses).toHaveLength(100);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(found.losses.slice(-20))).toBeLessThan(mean(found.losses.slice(0, 20)) - 0.01);
    expect(worst(found.losses, fixture.losses)).toBeLessThan(1e-4);
    expect(worst(found.norms, fixture.norms)).toBeLessThan(1e-4);
    for (const [name, norm] of Object.entries(fixture.finalNorms)) {
      // A bias of keys shifts all scores of a softmax alike: its gradient is zero but for rounding, which AdamW blows up.
      if (name.endsWith('key.bias')) continue;
      expect(Math.abs((found.finalNorms[name] ?? NaN) / norm - 1), name).toBeLessThan(1e-3);
    }
  });
});
