import { describe, expect, it } from 'vitest';
import { createKernel } from '../../../../scripts/train-retriever/skip-gram/kernel.ts';
import { seededRandom } from '../../../../scripts/train-retriever/random.ts';

const vocabulary = 6;
const dimensions = 16;

/** The same step in plain loops, with an exact sigmoid. */
function reference(input: number[], output: number[], row: number, targets: number[], rate: number): void {
  const gradient = new Array<number>(dimensions).fill(0);
  const vector = (array: number[], index: number): number[] =>
    array.slice(index * dimensions, (index + 1) * dimensions);
  targets.forEach((target, t) => {
    if (t > 0 && target === targets[0]) return;
    const own = vector(input, row);
    const other = vector(output, target);
    const dot = own.reduce((sum, value, k) => sum + value * other[k]!, 0);
    const step = rate * ((t === 0 ? 1 : 0) - 1 / (1 + Math.exp(-dot)));
    for (let k = 0; k < dimensions; k++) {
      gradient[k]! += step * other[k]!;
      output[target * dimensions + k]! += step * own[k]!;
    }
  });
  for (let k = 0; k < dimensions; k++) input[row * dimensions + k]! += gradient[k]!;
}

describe('the skip-gram kernel', () => {
  it.each([
    ['distinct words', [1, 2, 3]],
    ['a negative equal to the true word', [1, 1, 4]],
    ['a repeated negative', [5, 2, 2]],
  ])('takes the step of the plain loops for %s', (_, targets) => {
    const kernel = createKernel(vocabulary, dimensions, targets.length);
    const random = seededRandom(1);
    kernel.input.forEach((_value, i) => (kernel.input[i] = random() - 0.5));
    kernel.output.forEach((_value, i) => (kernel.output[i] = random() - 0.5));
    const input = Array.from(kernel.input);
    const output = Array.from(kernel.output);
    reference(input, output, 0, targets, 0.1);
    targets.forEach((target, t) => (kernel.targets[t] = kernel.outputAddress + target * dimensions * 4));
    kernel.update(kernel.inputAddress, 0.1);
    // The kernel reads its sigmoid from a table of 1024 steps.
    const difference = (a: ArrayLike<number>, b: readonly number[]): number =>
      b.reduce((largest, value, i) => Math.max(largest, Math.abs(value - a[i]!)), 0);
    expect(difference(kernel.input, input)).toBeLessThan(5e-4);
    expect(difference(kernel.output, output)).toBeLessThan(5e-4);
    expect(kernel.input[0]).not.toBe(0);
  });

  it('survives scalar products outside the sigmoid table', () => {
    const kernel = createKernel(2, 8, 1);
    kernel.input.fill(30, 0, 8);
    kernel.output.fill(-30, 8, 16);
    kernel.targets[0] = kernel.outputAddress + 8 * 4;
    kernel.update(kernel.inputAddress, 0.01);
    expect(kernel.input[0]).toBeCloseTo(30 - 0.3, 2);
    expect(kernel.output[8]).toBeCloseTo(-30 + 0.01 * (30 - 0), 1);
  });

  it('refuses dimensions that its eight lanes do not divide', () => {
    expect(() => createKernel(2, 12, 1)).toThrow('multiple of 8, found 12');
  });
});
