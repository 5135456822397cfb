import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../../../scripts/train-retriever/linear/eigen.ts';
import { centreAndReduce } from '../../../../scripts/train-retriever/linear/reduce.ts';
import { gaussian, seededRandom } from '../../../../scripts/train-retriever/random.ts';

describe('symmetricEigen', () => {
  it('gives falling eigenvalues with unit eigenvectors', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 0, 1, 2, 0, 0, 0, 5), 3);
    expect(Array.from(values, (value) => Number(value.toFixed(9)))).toEqual([5, 3, 1]);
    expect(Array.from(vectors.subarray(3, 6), Math.abs)).toEqual([
      expect.closeTo(Math.SQRT1_2, 9),
      expect.closeTo(Math.SQRT1_2, 9),
      0,
    ]);
  });
});

describe('centreAndReduce', () => {
  const random = seededRandom(2);
  const count = 400;
  const data = new Float32Array(count * 4);
  for (let row = 0; row < count; row++) {
    const strong = 5 * gaussian(random);
    data.set([10 + strong, strong, 3 + gaussian(random), 0.01 * gaussian(random)], row * 4);
  }
  const even = new Float64Array(count).fill(1);

  it('takes off the mean and keeps the direction in which the rows differ most', () => {
    const reduced = centreAndReduce({ count, dimensions: 4, data }, even, 1);
    const mean = reduced.data.reduce((sum, value) => sum + value, 0) / count;
    const variance = reduced.data.reduce((sum, value) => sum + value * value, 0) / count;
    expect(mean).toBeCloseTo(0, 4);
    expect(variance).toBeGreaterThan(45);
  });

  it('keeps distances when no dimension is dropped', () => {
    const reduced = centreAndReduce({ count, dimensions: 4, data }, even, 4);
    const distance = (rows: Float32Array): number =>
      Math.hypot(...Array.from({ length: 4 }, (_, k) => rows[k]! - rows[4 + k]!));
    expect(distance(reduced.data)).toBeCloseTo(distance(data), 4);
  });

  it('leaves rows without weight out of the mean', () => {
    const rows = { count: 2, dimensions: 1, data: Float32Array.of(3, 9) };
    expect(Math.abs(centreAndReduce(rows, [1, 0], 1).data[1]!)).toBe(6);
  });
});
