import { z } from 'zod';

/** The file endings a pack may contain; nothing that could hold code is among them. */
export const packFileEndings = ['.onnx', '.safetensors', '.json', '.txt', '.model'] as const;

/** A path inside a pack: relative, forward slashes, no `.` or `..`, only plain names. */
export const packPath = z
  .string()
  .max(200)
  .regex(/^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/)
  .refine((path) => packFileEndings.some((ending) => path.endsWith(ending)), 'not an accepted file type');

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A measured quality: the number with the split, the mode and the rows it was measured on. */
export const packMetric = z.strictObject({
  name: z.enum(['pearson', 'spearman']),
  value: z.number().min(-1).max(1),
  split: z.string().min(1),
  mode: z.enum(['cosine', 'pair', 'list']),
  rows: z.number().int().positive(),
  /** The command that gives the number again. */
  command: z.string().min(1),
});

const dataSource = z.strictObject({
  name: z.string().min(1),
  licence: z.string().min(1),
  source: z.string().min(1),
});

const common = {
  format: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,63}$/),
  name: z.string().min(1).max(120),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  description: z.string().max(2000),
  /** The longest input, in tokens; what is longer is cut. */
  maxLength: z.number().int().positive().max(8192),
  licence: z.string().min(1),
  provenance: z.strictObject({
    command: z.string().min(1),
    seed: z.number().int(),
    data: z.array(dataSource),
  }),
  metrics: z.array(packMetric),
  /** Every file of the pack but pack.json itself. */
  files: z.record(packPath, z.strictObject({ sha256, bytes: z.number().int().nonnegative() })),
};

/** A model that turns a phrase into a unit vector. */
export const retrieverPack = z.strictObject({
  ...common,
  kind: z.literal('retriever'),
  /** `static-embedding`: input_ids, attention_mask [batch, tokens] int64 -> embedding [batch, dimensions]. */
  family: z.literal('static-embedding'),
  dimensions: z.number().int().positive().multipleOf(8),
});

const scorerCommon = {
  ...common,
  kind: z.literal('scorer'),
  modes: z.array(z.enum(['pair', 'list'])).min(1),
};

const scorerOutput = {
  /** How a raw output becomes the score: a piecewise linear map through these points, ends clamped. */
  calibration: z.strictObject({ raw: z.array(z.number()).min(2), score: z.array(z.number()).min(2) }),
  /** Cuts on the score: below cut 0 rating 0, below cut 1 rating 1, and so on; four cuts, ascending. */
  ratingCuts: z.tuple([z.number(), z.number(), z.number(), z.number()]),
};

/**
 * How a scorer without a list mode of its own gets one from its pair scores; the formula is that of `listScore`. Within a group
 * the order is that of the pair scores: `pair` takes away less than there is, `z` and `rank` are not negative.
 */
export const listFit = z.strictObject({
  intercept: z.number(),
  pair: z.number().min(-1),
  z: z.number().nonnegative(),
  rank: z.number().nonnegative(),
  mean: z.number(),
  /** The number of other rows in a group at which half of what is fitted counts. */
  shrink: z.number().nonnegative(),
});

/** Features computed from tokens and vectors, boosted trees: features [rows, features] float32 -> raw [rows, 1]. */
export const featureTreesPack = z
  .strictObject({
    ...scorerCommon,
    family: z.literal('feature-trees'),
    inputForm: z.literal('features-1'),
    output: z.strictObject(scorerOutput),
    /** Present where `modes` has `list`. */
    list: listFit.optional(),
  })
  .refine(({ modes, list }) => modes.includes('list') === (list !== undefined), {
    path: ['list'],
    error: 'a list mode without its fit, or the fit of a mode that is not named',
  });

/** The name of what an encoder reads: `[CLS] anchor [SEP] target [SEP] context text [SEP]`. */
export const encoderInputForm = z.enum(['anchor-target-context']);

/** The graph that an encoder pack runs: the trained one, or the same with weights of 8 bits. */
export const encoderGraphFile = z.enum(['onnx/model.onnx', 'onnx/model_quantized.onnx']);

/**
 * A transformer: input_ids, attention_mask and, where it has it, token_type_ids [batch, tokens] int64 -> logits [batch] or
 * [batch, 1] float32.
 */
export const encoderPack = z
  .strictObject({
    ...scorerCommon,
    family: z.literal('encoder'),
    inputForm: encoderInputForm,
    graph: encoderGraphFile,
    output: z.strictObject({
      /** What makes the raw output of the logit: 1 / (1 + exp(-logit)), or the logit as it is. */
      activation: z.enum(['sigmoid', 'identity']),
      ...scorerOutput,
    }),
  })
  .refine(({ files, graph }) => Object.hasOwn(files, graph), {
    path: ['graph'],
    error: 'a graph that is not among the files',
  });

/** A model that reads anchor, target and context and gives a score in [0, 1]. */
export const scorerPack = z.discriminatedUnion('family', [featureTreesPack, encoderPack]);

/** The contents of pack.json. */
export const packManifest = z.discriminatedUnion('kind', [retrieverPack, scorerPack]);

/** A validated pack.json. */
export type PackManifest = z.output<typeof packManifest>;
/** A validated retriever manifest. */
export type RetrieverManifest = z.output<typeof retrieverPack>;
/** A validated scorer manifest. */
export type ScorerManifest = z.output<typeof scorerPack>;
/** A validated manifest of an encoder. */
export type EncoderManifest = z.output<typeof encoderPack>;
/** A validated manifest of boosted trees. */
export type FeatureTreesManifest = z.output<typeof featureTreesPack>;
/** What an encoder reads. */
export type EncoderInputForm = z.output<typeof encoderInputForm>;
