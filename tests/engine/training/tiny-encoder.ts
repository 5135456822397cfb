import { readEncoderConfig } from '../../../src-main/engine/architectures/config/read-config.ts';
import { fillFresh } from '../../../src-main/engine/architectures/fresh-weights.ts';
import { linearLogit } from '../../../src-main/engine/architectures/heads/linear-logit.ts';
import type { Example } from '../../../src-main/engine/training/batches/example.ts';
import { encoderModel, type EncoderModel } from '../../../src-main/engine/training/encoder-model.ts';

import { trainingRecipe, type TrainingRecipe } from '../../../src-main/engine/training/recipe.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** The sizes of an encoder that trains in milliseconds. */
export const tinyConfig = {
  model_type: 'bert',
  vocab_size: 120,
  hidden_size: 16,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 32,
  max_position_embeddings: 32,
  type_vocab_size: 2,
};

/** A BERT of fresh weights, with dropout. */
export function tinyEncoder(settings: Readonly<Record<string, unknown>> = {}): EncoderModel {
  return encoderModel({
    config: readEncoderConfig({ ...tinyConfig, ...settings }),
    appendHead: linearLogit('mean', 0.1),
    load: async (parameters, viewOf) => {
      for (const parameter of parameters) fillFresh(parameter, 5, viewOf(parameter));
    },
  });
}

/** Rows whose label is the share of small token ids: something that can be learnt. */
export function tinyExamples(count: number, seed = 1): Example[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const ids = Int32Array.from(
      { length: 3 + Math.floor(random() * 14) },
      () => 5 + Math.floor(random() * 115),
    );
    return { ids, label: ids.filter((id) => id < 45).length / ids.length };
  });
}

/** A recipe for tiny encoders. */
export function tinyRecipe(settings: Readonly<Record<string, unknown>> = {}): TrainingRecipe {
  return trainingRecipe.parse({
    epochs: 2,
    batchSize: 8,
    runRows: 8,
    learningRate: 1e-3,
    headLearningRate: 1e-3,
    ...settings,
  });
}
