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
    learningRate: 0.03,
    /** Words above this share of the corpus are thinned out. */
    subsample: 1e-4,
    /** Share of whole words that are read as their sub-words instead, so that these learn too. */
    splitShare: 0.1,
    /** One model a window, trained side by side, then joined. */
    windows: [3, 8],
  },
  /** Smooth inverse frequency: weight = a / (a + share of the corpus). */
  inverseFrequency: 1e-3,
  contrast: {
    dimensions: 192,
    steps: 4_000,
    batch: 384,
    temperature: 0.06,
    learningRate: 0.02,
  },
  dimensions: 128,
} as const;
