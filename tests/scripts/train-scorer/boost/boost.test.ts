import { describe, expect, it } from 'vitest';
import { binMatrix } from '../../../../scripts/train-scorer/boost/bins.ts';
import { boost, type BoostRules } from '../../../../scripts/train-scorer/boost/train.ts';
import { predict } from '../../../../scripts/train-scorer/boost/tree.ts';
import { pearson } from '../../../../scripts/train-scorer/measures.ts';
import { seededRandom } from '../../../../scripts/train-retriever/random.ts';

const rules: BoostRules = {
  trees: 80,
  leaves: 8,
  learningRate: 0.2,
  ridge: 1,
  leastWeight: 5,
  groupShare: 0.8,
  featureShare: 0.8,
  seed: 7,
};

/** y = x0 > .5 ? x1 : 1 - x2, with a useless fourth feature. */
function problem(rows: number, seed: number) {
  const random = seededRandom(seed);
  const matrix = Float32Array.from({ length: rows * 4 }, () => random());
  const labels = Float32Array.from({ length: rows }, (_, row) => {
    const [a, b, c] = matrix.subarray(row * 4, row * 4 + 3) as unknown as [number, number, number];
    return a > 0.5 ? b : 1 - c;
  });
  const groups = Int32Array.from({ length: rows }, (_, row) => row % 50);
  return {
    matrix,
    labels,
    groups,
    weights: new Float32Array(rows).fill(1),
    rows: Int32Array.from(labels.keys()),
  };
}

const seen = problem(2000, 1);
const unseen = problem(500, 2);
const binned = binMatrix(seen.matrix, 4, 64);

describe('boosted trees', () => {
  it('learn a function with an interaction and hold on unseen rows', () => {
    const ensemble = boost(binned, seen, rules);
    expect(pearson(predict(ensemble, unseen.matrix), unseen.labels)).toBeGreaterThan(0.97);
  });

  it('are the same for the same seed and differ for another', () => {
    const of = (seed: number) => predict(boost(binned, seen, { ...rules, trees: 5, seed }), unseen.matrix);
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
  });

  it('obey the limits on leaves and on rows in a leaf', () => {
    const { trees } = boost(binned, seen, { ...rules, trees: 5, groupShare: 1, leastWeight: 300 });
    for (const tree of trees) {
      const leaves = tree.feature.filter((feature) => feature < 0).length;
      expect(leaves).toBeLessThanOrEqual(2000 / 300);
      expect(leaves).toBeGreaterThan(1);
    }
  });

  it('stop when the watcher says so', () => {
    let count = 0;
    expect(boost(binned, seen, rules, () => ++count < 3).trees).toHaveLength(3);
  });

  it('learn nothing from rows of weight zero', () => {
    const labels = seen.labels.map((label, row) => (row % 2 === 0 ? label : 100));
    const weights = seen.weights.map((_, row) => (row % 2 === 0 ? 1 : 0));
    const ensemble = boost(binned, { ...seen, labels, weights }, rules);
    expect(Math.max(...predict(ensemble, unseen.matrix))).toBeLessThan(1.2);
  });
});

describe('bins', () => {
  it('part distinct float32 neighbours and nothing else', () => {
    const next = Math.fround(1 + 2 ** -23);
    const { edges, bins } = binMatrix(Float32Array.of(1, next, 1, next), 1, 255);
    expect([edges[0]?.length, [...bins]]).toEqual([1, [0, 1, 0, 1]]);
  });

  it('leave a constant column in one bin', () => {
    expect(binMatrix(new Float32Array(10).fill(3), 1, 255).edges[0]).toHaveLength(0);
  });
});
