import { z } from 'zod';
import { deviceChoice } from './device.ts';

// How a scorer is trained: what a user writes into a recipe file. Every field has a default, so that {} is a recipe.

const share = z.number().min(0).max(1);
const rate = z.number().min(0).lt(1);
const step = z.number().positive().max(1);
const count = (most: number) => z.number().int().min(1).max(most);

const builtInTokeniser = z.strictObject({
  kind: z.literal('built-in'),
  /** The most pieces taken from the built-in vocabulary: all single characters, then the most frequent ones of the rows. */
  vocabulary: z.number().int().min(3000).max(100_000).default(8192),
});
const folderTokeniser = z.strictObject({
  kind: z.literal('folder'),
  /** A folder with tokenizer.json and, where there is one, tokenizer_config.json; relative to the recipe's file. */
  path: z.string().min(1),
});

/** An encoder of random weights. */
const freshEncoder = z.strictObject({
  kind: z.literal('fresh'),
  family: z.enum(['bert', 'electra', 'deberta-v2']).default('bert'),
  layers: count(48).default(2),
  hidden: count(4096).default(128),
  /** Must divide `hidden`. */
  heads: count(64).default(2),
  /** The width inside a layer; null for four times `hidden`. */
  intermediate: count(16_384).nullable().default(null),
  tokeniser: z
    .discriminatedUnion('kind', [builtInTokeniser, folderTokeniser], {
      error: 'a tokeniser of the kind built-in or folder',
    })
    .prefault({ kind: 'built-in' }),
});

/** The encoder of a scorer pack, trained further. */
const packEncoder = z.strictObject({
  kind: z.literal('pack'),
  /** The id of a scorer pack, as `packs list` shows it. */
  id: z.string().min(1),
});

/** An encoder in the layout of Hugging Face. */
const folderEncoder = z.strictObject({
  kind: z.literal('folder'),
  /** A folder with config.json, model.safetensors and tokenizer.json; relative to the recipe's file. */
  path: z.string().min(1),
});

const schedule = z.strictObject({
  /** How the learning rate falls: in a straight line, or along half a cosine. */
  kind: z.enum(['linear', 'cosine']).default('linear'),
  /** The share of the run in which it rises from 0 first. */
  warmUp: share.default(0.1),
});

const holdOut = z.strictObject({
  /** No anchor is on both sides: what is measured holds for anchors never seen. */
  kind: z.literal('anchor-disjoint').default('anchor-disjoint'),
  /** The share of the anchors. */
  share: z.number().min(0.01).max(0.5).default(0.15),
});

/** A complete description of how a scorer is trained. */
export const recipe = z.strictObject({
  format: z.literal(1).default(1),
  encoder: z
    .discriminatedUnion('kind', [freshEncoder, packEncoder, folderEncoder], {
      error: 'an encoder of the kind fresh, pack or folder',
    })
    .prefault({ kind: 'fresh' }),
  /** What the encoder reads: [CLS] anchor [SEP] target [SEP] context text [SEP]. */
  inputForm: z.literal('anchor-target-context').default('anchor-target-context'),
  /** How one vector is made of the tokens' vectors: the first one, or their mean. */
  pooling: z.enum(['cls', 'mean']).default('mean'),
  /** What makes the score of that vector. */
  head: z.literal('linear').default('linear'),
  /** Binary cross-entropy with soft labels, or the mean squared error. */
  loss: z.enum(['bce', 'mse']).default('bce'),
  /** The most tokens of a row; what is longer loses them from its context first, then from the longer phrase. */
  maxLength: z.number().int().min(8).max(512).default(64),
  /** Passes over the rows. */
  epochs: count(1000).default(3),
  /** Rows that are computed at once. */
  batchSize: count(1024).default(32),
  /** The most memory that training may take, in MiB, by estimate: batches that need more are computed in parts. Null: no limit. */
  memoryLimitMb: z.number().int().min(512).max(1_000_000).nullable().default(3800),
  /** Batches in a step of the optimiser: more of them stand for a larger batch in the same memory. */
  accumulation: count(256).default(1),
  /** The highest learning rate of the encoder. */
  learningRate: step.default(5e-5),
  /** The highest learning rate of the head. */
  headLearningRate: step.default(5e-4),
  /** Each layer learns at this share of the rate of the one above it. */
  layerDecay: z.number().gt(0).max(1).default(1),
  weightDecay: share.default(0.01),
  schedule: schedule.prefault({}),
  /** The most that all gradients measure together; null for no limit. */
  clipNorm: z.number().positive().nullable().default(1),
  /** The share of values dropped inside the encoder while it learns; null for what its config.json says. */
  dropout: rate.nullable().default(0.1),
  /** The share of values dropped before the head. */
  headDropout: rate.default(0.1),
  /** Trains low-rank changes of the encoder's matrices in the place of the matrices themselves; null for the matrices. */
  adapters: z
    .strictObject({ rank: count(256).default(8), alpha: z.number().positive().default(16) })
    .nullable()
    .default(null),
  freezeEmbeddings: z.boolean().default(false),
  /** How many layers, from the lowest one up, stay as they are. */
  frozenLayers: z.number().int().min(0).max(512).default(0),
  /** Decides the first weights, the order of rows, the dropout and which anchors are held out. */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(42),
  holdOut: holdOut.prefault({}),
  /** Ends the run after so many epochs without a better Pearson; null for never. The best epoch is kept either way. */
  patience: count(1000).nullable().default(null),
  /** ONNX Runtime's name of the device: the processor, or one that it can use on this machine. */
  device: z.enum(['cpu', 'cuda', 'dml', 'coreml', 'webgpu']).default('cpu'),
});

/** A recipe with every default filled in. */
export type Recipe = z.output<typeof recipe>;
/** A recipe as a user writes it. */
export type RecipeInput = z.input<typeof recipe>;

/** How a training is going: what progress shows beside the number of rows. */
export const trainingState = z.object({
  /** Where it runs; null until the device asked for has been tested. */
  device: deviceChoice.nullable(),
  /** Counted from 1. */
  epoch: z.number().int().nonnegative(),
  epochs: z.number().int().positive(),
  step: z.number().int().nonnegative(),
  steps: z.number().int().nonnegative(),
  /** Of the last step; null before the first. */
  loss: z.number().nullable(),
  rowsPerSecond: z.number().nonnegative(),
  /** What the finished epochs gave: the mean loss, and Pearson on the hold-out where it can be computed. */
  history: z.array(
    z.object({
      epoch: z.number().int().positive(),
      loss: z.number(),
      pearson: z.number().nullable(),
      spearman: z.number().nullable(),
    }),
  ),
});

/** How a training is going. */
export type TrainingState = z.output<typeof trainingState>;
