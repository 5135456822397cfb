import type { Recipe } from '../../contract/recipe.ts';
import { trainingRecipe, type TrainingRecipe } from '../training/recipe.ts';
import { lengthMultiple } from './encoder-source.ts';

const losses = { bce: 'bce-with-logits', mse: 'mean-squared-error' } as const;

/** A user's recipe in the words of the trainer. */
export function trainerRecipe(recipe: Recipe): TrainingRecipe {
  const { kind, warmUp } = recipe.schedule;
  return trainingRecipe.parse({
    epochs: recipe.epochs,
    seed: recipe.seed,
    loss: losses[recipe.loss],
    maxLength: recipe.maxLength,
    batchSize: recipe.batchSize * recipe.accumulation,
    runRows: recipe.batchSize,
    memoryLimitMb: recipe.memoryLimitMb,
    lengthMultiple,
    learningRate: recipe.learningRate,
    headLearningRate: recipe.headLearningRate,
    layerDecay: recipe.layerDecay,
    weightDecay: recipe.weightDecay,
    freezeEmbeddings: recipe.freezeEmbeddings,
    frozenLayers: recipe.frozenLayers,
    schedule: kind === 'linear' ? { kind, warmUp } : { kind, warmUp, cycles: 0.5 },
    clip: recipe.clipNorm,
    metric: 'pearson',
    patience: recipe.patience,
    adapters: recipe.adapters,
  });
}
