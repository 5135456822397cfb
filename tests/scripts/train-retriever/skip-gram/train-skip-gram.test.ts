import { describe, expect, it } from 'vitest';
import { documentEnd } from '../../../../scripts/train-retriever/data/word-stream.ts';
import { dot } from '../../../../scripts/train-retriever/phrase-vectors.ts';
import { seededRandom } from '../../../../scripts/train-retriever/random.ts';
import { packLists } from '../../../../scripts/train-retriever/skip-gram/token-source.ts';
import { trainSkipGram } from '../../../../scripts/train-retriever/skip-gram/train-skip-gram.ts';

// Two topics of four words each; a document keeps to one topic.
const random = seededRandom(9);
const stream = Uint32Array.from(
  Array.from({ length: 3000 }, () => {
    const topic = random() < 0.5 ? 0 : 4;
    return [...Array.from({ length: 8 }, () => topic + Math.floor(random() * 4)), documentEnd];
  }).flat(),
);
const lists = packLists(Array.from({ length: 8 }, (_, word) => [word]));
const counts = new Float64Array(8);
for (const word of stream) if (word !== documentEnd) counts[word]!++;
const source = { stream, whole: lists, parts: lists, counts };
const options = {
  seed: 4,
  dimensions: 16,
  window: 3,
  epochs: 2,
  negatives: 3,
  learningRate: 0.05,
  subsample: 1,
  splitShare: 0,
  share: 1,
};

describe('trainSkipGram', () => {
  const vectors = trainSkipGram(source, options, () => {});
  const cosine = (a: number, b: number): number => {
    const x = vectors.subarray(a * 16, a * 16 + 16);
    const y = vectors.subarray(b * 16, b * 16 + 16);
    return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  };

  it('brings words of one topic closer than words of two', () => {
    expect(Math.min(cosine(0, 1), cosine(2, 3), cosine(5, 6))).toBeGreaterThan(
      Math.max(cosine(0, 5), cosine(2, 7), cosine(3, 4)) + 0.3,
    );
  });

  it('gives the same vectors again for the same seed, and others for another', () => {
    expect(trainSkipGram(source, options, () => {})).toEqual(vectors);
    expect(trainSkipGram(source, { ...options, seed: 5 }, () => {})).not.toEqual(vectors);
  });
});
