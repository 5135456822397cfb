/** Every number that shapes the retriever, in one place; change one and rerun from its stage on. */
export const settings = {
  seed: 20220201,
  vocabulary: {
    size: 60_000,
    /** Byte-pair merges that become sub-words. */
    merges: 8_000,
    /** A word of the corpus gets a vector of its own from this count on … */
    minimumCount: 8,
    /** … and from this one if it also stands in a training phrase, a CPC title or as a WordNet lemma. */
    minimumCountOfTerms: 4,
    /** A number gets a vector of its own from this count on. */
    minimumCountOfNumbers: 200,
  },
  skipGram: {
    dimensions: 192,
    epochs: 2,
    negatives: 5,
    learningRate: 0.05,
    /** Words above this share of the corpus are thinned out. */
    subsample: 1e-4,
    /** Share of whole words that are read as their sub-words instead, so that these learn too. */
    splitShare: 0.1,
    /** One model a window, trained side by side, then joined. */
    windows: [5, 10],
  },
  /** Smooth inverse frequency: weight = a / (a + share of the corpus). */
  inverseFrequency: 1e-3,
  contrast: {
    seed: 5,
    dimensions: 192,
    steps: 3_000,
    batch: 256,
    temperature: 0.15,
    learningRate: 0.06,
    splitShare: 0.1,
  },
  tune: {
    seed: 3,
    folds: 5,
    epochs: 3,
    batch: 1024,
    mapRate: 3e-3,
    weightRate: 0.1,
    embeddingRate: 0.02,
    decay: 0,
  },
  /** The longest input, in tokens. */
  maxLength: 512,
  dimensions: 128,
} as const;
