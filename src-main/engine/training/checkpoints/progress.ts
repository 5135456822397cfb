import { z } from 'zod';

const word = z.number().int().min(0).max(0xffffffff);
// JSON has no NaN; a metric that could not be computed is null.
const metric = z.number().nullable();

const epochReport = z.strictObject({
  epoch: z.number().int().positive(),
  /** The mean over the rows of the epoch. */
  loss: z.number(),
  /** Of the hold-out; null where there is none, or where predictions are all the same. */
  pearson: metric,
  spearman: metric,
  rows: z.number().int().nonnegative(),
});

/** Where a run is, between two steps: all that is needed to go on as if it had never stopped, but the numbers in memory. */
export const progressSchema = z.strictObject({
  /** Steps of the optimiser that are done. */
  step: z.number().int().nonnegative(),
  /** The epoch that is running, counted from 0. */
  epoch: z.number().int().nonnegative(),
  /** Steps of this epoch that are done. */
  stepInEpoch: z.number().int().nonnegative(),
  /** The generator of orders as it was at the start of this epoch. */
  order: z.tuple([word, word, word, word]),
  /** The generators of the dropout masks. */
  masks: z.array(word).length(16),
  /** The sum over the rows of this epoch so far. */
  lossSum: z.number(),
  rowsSeen: z.number().int().nonnegative(),
  history: z.array(epochReport),
  /** The epoch with the best metric so far, and its step. */
  best: z.strictObject({ epoch: z.number().int(), step: z.number().int(), value: metric }).nullable(),
});

/** Where a run is. */
export type Progress = z.output<typeof progressSchema>;
/** What is known of a finished epoch. */
export type EpochReport = z.output<typeof epochReport>;

/** What a checkpoint must agree on with the run that takes it up. */
export const identitySchema = z.strictObject({
  /** The recipe as JSON. */
  recipe: z.string(),
  dataHash: z.string(),
  /** Names, shapes and roles of the parameters, in one line. */
  parameters: z.string(),
});

/** What makes two runs the same. */
export type RunIdentity = z.output<typeof identitySchema>;
