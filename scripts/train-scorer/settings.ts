import type { BoostRules } from './boost/train.ts';
import type { SyntheticRules } from './data/synthetic-rows.ts';
import type { ListRules } from './list/fit-list.ts';
import type { NetworkRules } from './network/train-network.ts';

/** Every number that shapes the scorer, in one place. */
export const settings = {
  folds: 5,
  foldSeed: 0,
  bins: 255,
  /** Models that are averaged: each fold's in cross-validation, and the final ones. */
  foldSeeds: [1, 2],
  finalSeeds: [1, 2],
  finalNetworkSeeds: [1, 2, 3, 4, 5, 6],
  synthetic: {
    seed: 5,
    strangers: 0.1,
    titles: 0.35,
    extended: 0.15,
    extendedFactor: 0.7,
    weight: 0.1,
  } satisfies SyntheticRules,
  boost: {
    trees: 320,
    leaves: 31,
    learningRate: 0.06,
    ridge: 5,
    leastWeight: 40,
    groupShare: 0.7,
    featureShare: 0.4,
  } satisfies Omit<BoostRules, 'seed'>,
  network: {
    hidden: [64, 16],
    epochs: 7,
    batch: 256,
    learningRate: 0.004,
    decay: 0.0002,
  } satisfies Omit<NetworkRules, 'seed'>,
  /** What the networks' mean weighs in the sum; the trees' mean has the rest. */
  networkShare: 0.55,
  /** The nearest step of the scale, so that the words agree with the score beside them. */
  ratingCuts: [0.125, 0.375, 0.625, 0.875],
  list: {
    folds: 5,
    foldSeed: 7,
    shrinks: [1, 2, 4, 8, 16],
    cutSizes: [2, 3, 5, 8, 12],
    cutSeed: 11,
    cutWeight: 0.2,
  } satisfies ListRules,
} as const;
