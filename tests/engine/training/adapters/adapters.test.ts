import { describe, expect, it } from 'vitest';
import {
  adaptedModel,
  isAdapterParameter,
} from '../../../../src-main/engine/training/adapters/adapted-model.ts';
import { mergeAdapters } from '../../../../src-main/engine/training/adapters/merge-adapters.ts';
import { fillBatch } from '../../../../src-main/engine/training/batches/fill-batch.ts';
import type { EncoderModel } from '../../../../src-main/engine/training/encoder-model.ts';
import { losses } from '../../../../src-main/engine/training/losses/loss-table.ts';
import { adamwStep, gradientNorm } from '../../../../src-main/engine/training/optimiser/adamw.ts';
import { parameterRoles } from '../../../../src-main/engine/training/optimiser/parameter-roles.ts';
import { TrainingSession } from '../../../../src-main/engine/training/session/training-session.ts';
import { tinyEncoder, tinyExamples, tinyRecipe } from '../tiny-encoder.ts';

const deberta = {
  model_type: 'deberta-v2',
  relative_attention: true,
  pos_att_type: ['c2p', 'p2c'],
  position_buckets: 8,
  norm_rel_ebd: 'layer_norm',
  share_att_key: true,
  type_vocab_size: 0,
};
const recipe = tinyRecipe({ adapters: { rank: 4, alpha: 8 }, learningRate: 0.01 });
const examples = tinyExamples(8);
const batch = fillBatch({ rows: [0, 1, 2, 3, 4, 5, 6, 7], tokens: 24 }, examples, 0, 1 / 8);

async function open(model: EncoderModel, trained: ReadonlySet<string>): Promise<TrainingSession> {
  return TrainingSession.open({
    model,
    loss: losses['bce-with-logits'],
    trained,
    largest: { batch: 8, tokens: 24 },
    accumulates: false,
    seed: 1,
    runtime: { threads: 1 },
  });
}

describe.each([
  ['BERT', {}],
  ['DeBERTa-v2', deberta],
])('adapters of %s', (_, settings) => {
  it('begin as the model was, are all that changes of the encoder, and merge into its weights', async () => {
    const plain = tinyEncoder(settings);
    const model = adaptedModel(plain, { rank: 4, alpha: 8 }, 1);
    const roles = parameterRoles(model, recipe);
    const trained = new Set(roles.filter((role) => role.trained).map(({ name }) => name));
    expect(model.adapters).toHaveLength(4);
    expect([...trained].filter((name) => !isAdapterParameter(name))).toEqual([
      'head.classifier.weight',
      'head.classifier.bias',
    ]);

    const session = await open(model, trained);
    const untrained = await open(plain, new Set(['head.classifier.weight']));
    expect(await session.logits(batch)).toEqual(await untrained.logits(batch));

    const found: number[] = [];
    for (let step = 1; step <= 30; step++) {
      found.push(await session.run(batch, true));
      const norm = gradientNorm(session.memory);
      adamwStep(session.memory, roles, { step, factor: 1, norm, settings: recipe });
    }
    expect(found.at(-1)).toBeLessThan((found[0] as number) - 0.01);

    const withAdapters = await session.logits(batch);
    mergeAdapters(session.memory, model.adapters);
    for (const { name } of plain.parameters) untrained.memory.values(name).set(session.memory.values(name));
    const merged = await untrained.logits(batch);
    const difference = Math.max(
      ...merged.map((value, row) => Math.abs(value - (withAdapters[row] as number))),
    );
    expect(difference).toBeLessThan(1e-5);
    expect(merged).not.toEqual(batch['labels']?.data);
    await session.close();
    await untrained.close();
  });
});
