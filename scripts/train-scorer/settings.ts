import type { BoostRules } from './boost/train.ts';

/** Every number that shapes the scorer, in one place. */
export const settings = {
  folds: 5,
  foldSeed: 0,
  bins: 255,
  /** Models that are averaged: each fold's in cross-validation, and the final ones. */
  foldSeeds: [1, 2],
  finalSeeds: [1, 2, 3, 4],
  boost: {
    trees: 400,
    leaves: 31,
    learningRate: 0.05,
    ridge: 5,
    leastWeight: 40,
    groupShare: 0.7,
    featureShare: 0.4,
  } satisfies Omit<BoostRules, 'seed'>,
} as const;
