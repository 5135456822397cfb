import { z } from 'zod';
import { losses, type LossName } from './losses/loss-table.ts';

const share = z.number().min(0).max(1);
const count = z.number().int().positive();

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), warmUp: share.default(0) }),
  z.strictObject({ kind: z.literal('linear'), warmUp: share.default(0.1) }),
  z.strictObject({
    kind: z.literal('cosine'),
    warmUp: share.default(0.1),
    cycles: z.number().positive().max(100).default(0.5),
  }),
  z.strictObject({
    kind: z.literal('cosine-restarts'),
    warmUp: share.default(0.1),
    cycles: count.max(100).default(2),
  }),
]);

/** How one model is trained: every number that decides the outcome, with its usual value where there is one. */
export const trainingRecipe = z.strictObject({
  epochs: count.max(1000),
  seed: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).default(42),
  loss: z.enum(Object.keys(losses) as [LossName, ...LossName[]]).default('bce-with-logits'),
  /** Tokens; longer rows are cut. */
  maxLength: count.max(512).default(64),
  batchSize: count.max(4096).default(32),
  /** The most rows that run at once; a step with more sums its gradients over several runs, in less memory. */
  runRows: count.max(4096).default(32),
  /** The most memory by estimate, in MiB: where more rows would take more, fewer run at once. Null: no limit. */
  memoryLimitMb: count.nullable().default(null),
  /** Padded lengths are multiples of this; 1 is fastest on processors. */
  lengthMultiple: count.max(64).default(1),
  learningRate: z.number().positive().max(1).default(2e-5),
  headLearningRate: z.number().positive().max(1).default(1e-4),
  layerDecay: z.number().positive().max(1).default(1),
  weightDecay: z.number().min(0).max(1).default(0.01),
  freezeEmbeddings: z.boolean().default(false),
  frozenLayers: z.number().int().nonnegative().default(0),
  /** Null: no low-rank adapters, the weights themselves are trained. */
  adapters: z
    .strictObject({ rank: count.max(256).default(8), alpha: z.number().positive().default(16) })
    .nullable()
    .default(null),
  schedule: schedule.default({ kind: 'linear', warmUp: 0.1 }),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().positive().default(1e-8),
  /** The most that all gradients measure together; null leaves them as they are. */
  clip: z.number().positive().nullable().default(1),
  /** Which metric of the hold-out decides which epoch is the best. */
  metric: z.enum(['pearson', 'spearman']).default('pearson'),
  /** Ends the run after so many epochs without a better metric; null for never. The best epoch is kept either way. */
  patience: count.nullable().default(null),
});

/** A complete recipe. */
export type TrainingRecipe = z.output<typeof trainingRecipe>;
