import type { Dimension } from '../../graph/dimension.ts';
import type { Shape } from '../../graph/shape.ts';

/** The sizes of a run: rows and padded length. */
export interface RunSizes {
  readonly batch: number;
  readonly tokens: number;
}

/** A shape in numbers, for the sizes of a run. */
export function bindShape(shape: Shape, sizes: RunSizes): number[] {
  return shape.map((size) => bindDimension(size, sizes));
}

/** The number of elements of a shape in numbers. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function bindDimension(size: Dimension, sizes: RunSizes): number {
  if (typeof size === 'number') return size;
  return size.split('*').reduce((product, factor) => {
    if (factor === 'batch' || factor === 'tokens') return product * sizes[factor];
    if (/^\d+$/.test(factor)) return product * Number(factor);
    throw new Error(`The size ${size} is not made of numbers, batch and tokens.`);
  }, 1);
}
