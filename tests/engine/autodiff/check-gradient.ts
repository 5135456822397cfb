import { expect } from 'vitest';
import { backward } from '../../../src-main/engine/autodiff/backward.ts';
import { GraphBuilder } from '../../../src-main/engine/graph/builder.ts';
import type { Graph } from '../../../src-main/engine/graph/graph.ts';
import { numbersOf, tensorFrom, type Tensor } from '../../../src-main/engine/graph/tensor.ts';
import type { Value } from '../../../src-main/engine/graph/value.ts';
import { loadInDouble } from '../../support/double-kernels.ts';
import { seededNormal } from '../../support/seeded-normal.ts';

/** Where the numbers of an operand lie, so that the function is smooth there. */
export type Domain = 'any' | 'positive' | 'away from zero' | 'distinct';

/** An operand: one to differentiate by (its shape, and where its numbers lie), or whole numbers that are fed as they are. */
export type Operand =
  | { readonly shape: readonly number[]; readonly domain?: Domain }
  | { readonly shape: readonly number[]; readonly indices: readonly number[] };

/** One row of the table: operands and what is computed from them. */
export interface GradientCase {
  readonly name: string;
  readonly operands: readonly Operand[];
  readonly build: (g: GraphBuilder, operands: readonly Value[]) => Value | readonly Value[];
}

/** Whether the graph knows the sizes of its inputs, or has another symbol for each. */
export type Sizes = 'known sizes' | 'unknown sizes';

/** The graph of a case with its gradients as outputs `gradient <i>` and the values as `y <i>`. */
export function differentiated({ operands, build }: GradientCase, sizes: Sizes): Graph {
  const g = new GraphBuilder({ contrib: false });
  const inputs = operands.map((operand, index) => {
    const shape =
      sizes === 'known sizes' ? operand.shape : operand.shape.map((_, axis) => `size_${index}_${axis}`);
    return g.input(`x ${index}`, 'indices' in operand ? 'int64' : 'float64', shape);
  });
  const built = build(g, inputs);
  const values = Array.isArray(built) ? (built as readonly Value[]) : [built as Value];
  const sources = values.map((value, index) => ({
    value,
    gradient: g.input(`weight ${index}`, 'float64', value.shape),
  }));
  const parameters = inputs.filter((_, index) => !('indices' in (operands[index] as Operand)));
  const gradients = backward(g, { sources, parameters });
  return g.finish('gradient', [
    ...values.map((value, index) => ({ name: `y ${index}`, value })),
    ...parameters.map((parameter) => ({
      name: `gradient of ${parameter.name ?? ''}`,
      value: gradients.get(parameter)?.dense as Value,
    })),
  ]);
}

/**
 * Compares gradients with central differences in 64-bit floats: for weights w on the outputs and a direction v, the derivative of
 * sum(w y) along v is `<dx, v>`.
 */
export async function checkGradient(row: GradientCase, sizes: Sizes, seed = 1): Promise<void> {
  const step = 1e-5;
  const normal = seededNormal(seed);
  const graph = await loadInDouble(differentiated(row, sizes));
  try {
    const at = row.operands.map((operand) => numbersFor(operand, normal));
    const feed = (moved: readonly (readonly number[])[]): Record<string, Tensor> =>
      Object.fromEntries(
        row.operands.map((operand, index) => {
          const type = 'indices' in operand ? 'int64' : 'float64';
          return [`x ${index}`, tensorFrom(type, operand.shape, moved[index] as number[])];
        }),
      );
    // The outputs' shapes are known after a run; weights of zero do for the first one.
    const shapes = await outputShapes(row, feed(at));
    const weights = Object.fromEntries(
      shapes.map((shape, index) => {
        const numbers = Array.from({ length: count(shape) }, normal);
        return [`weight ${index}`, tensorFrom('float64', shape, numbers)];
      }),
    );
    const lossAt = async (moved: readonly (readonly number[])[]): Promise<number> => {
      const results = await graph.run({ ...feed(moved), ...weights });
      return shapes.reduce(
        (sum, _, index) => sum + dot(results[`y ${index}`], weights[`weight ${index}`]),
        0,
      );
    };
    const results = await graph.run({ ...feed(at), ...weights });
    for (const [index, operand] of row.operands.entries()) {
      if ('indices' in operand) continue;
      const gradient = results[`gradient of x ${index}`] as Tensor;
      expect(gradient.shape, `shape of the gradient of operand ${index}`).toEqual(operand.shape);
      const direction = Array.from({ length: count(operand.shape) }, normal);
      const moved = (by: number): (readonly number[])[] =>
        at.map((numbers, each) =>
          each === index
            ? numbers.map((number, position) => number + by * (direction[position] as number))
            : numbers,
        );
      const numeric = ((await lossAt(moved(step))) - (await lossAt(moved(-step)))) / (2 * step);
      const analytic = numbersOf(gradient).reduce(
        (sum, value, position) => sum + value * (direction[position] as number),
        0,
      );
      const size = Math.max(Math.abs(numeric), Math.abs(analytic), 1e-3);
      expect(
        Math.abs(numeric - analytic) / size,
        `operand ${index}: ${analytic} against ${numeric}`,
      ).toBeLessThan(1e-6);
    }
  } finally {
    await graph.release();
  }
}

async function outputShapes(
  row: GradientCase,
  feeds: Record<string, Tensor>,
): Promise<readonly (readonly number[])[]> {
  const g = new GraphBuilder({ contrib: false });
  const inputs = row.operands.map((operand, index) =>
    g.input(`x ${index}`, 'indices' in operand ? 'int64' : 'float64', operand.shape),
  );
  const built = row.build(g, inputs);
  const values = Array.isArray(built) ? (built as readonly Value[]) : [built as Value];
  const graph = await loadInDouble(g.finish('shapes', values.map((value, index) => ({ name: `y ${index}`, value })))); // prettier-ignore
  try {
    const results = await graph.run(feeds);
    return values.map((_, index) => (results[`y ${index}`] as Tensor).shape);
  } finally {
    await graph.release();
  }
}

function numbersFor(operand: Operand, normal: () => number): readonly number[] {
  if ('indices' in operand) return operand.indices;
  return Array.from({ length: count(operand.shape) }, (_, at) => {
    const number = normal();
    if (operand.domain === 'positive') return 0.5 + Math.abs(number);
    if (operand.domain === 'away from zero') return number + 0.3 * (number < 0 ? -1 : 1);
    // No two within reach of the step: for maxima and sorting.
    if (operand.domain === 'distinct') return ((at * 7) % 31) / 5 - 3 + 0.01 * number;
    return number;
  });
}

function dot(a: Tensor | undefined, b: Tensor | undefined): number {
  const [left, right] = [numbersOf(a as Tensor), numbersOf(b as Tensor)];
  return left.reduce((sum, value, index) => sum + value * (right[index] as number), 0);
}

const count = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
