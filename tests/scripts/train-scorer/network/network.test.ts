import { expect, it } from 'vitest';
import { networkOutput } from '../../../../scripts/train-scorer/network/network.ts';
import { trainNetwork } from '../../../../scripts/train-scorer/network/train-network.ts';
import { pearson } from '../../../../scripts/train-scorer/measures.ts';
import { gaussian, seededRandom } from '../../../../scripts/train-retriever/random.ts';

const random = seededRandom(5);
const matrix = Float32Array.from({ length: 1500 * 5 }, () => gaussian(random));
const labels = Float32Array.from({ length: 1500 }, (_, row) => {
  const [a, b, c] = matrix.subarray(row * 5, row * 5 + 3) as unknown as [number, number, number];
  return 0.4 + 0.2 * Math.max(0, a) + 0.1 * b * c;
});
const all = Int32Array.from(labels.keys());
const ones = new Float32Array(1500).fill(1);
const rules = { hidden: [24, 12], epochs: 30, batch: 32, learningRate: 0.004, decay: 0, seed: 3 } as const;
const outputs = (network: ReturnType<typeof trainNetwork>) =>
  all.map((row) => 1e6 * networkOutput(network, matrix, row * 5));

it('learns a bent function with an interaction', () => {
  const network = trainNetwork(matrix, 5, all, labels, ones, rules);
  const found = Float32Array.from(all, (row) => networkOutput(network, matrix, row * 5));
  expect(pearson(found, labels)).toBeGreaterThan(0.93);
});

it('is the same for the same seed and differs for another', () => {
  const of = (seed: number) =>
    outputs(trainNetwork(matrix, 5, all, labels, ones, { ...rules, epochs: 1, seed }));
  expect(of(1)).toEqual(of(1));
  expect(of(1)).not.toEqual(of(2));
});
