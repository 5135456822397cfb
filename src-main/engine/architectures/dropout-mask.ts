import type { Shape } from '../graph/shape.ts';

/**
 * A mask that is fed in training: float32, each element 0 with probability `rate` and 1 / (1 - rate) otherwise. Filled by the
 * caller from a seeded generator, so that a run can be repeated and resumed.
 */
export interface DropoutMask {
  /** The name of the graph's input. */
  readonly name: string;
  /** Numbers, and the symbols `batch` and `tokens`. */
  readonly shape: Shape;
  readonly rate: number;
}

/** The sizes of a batch. */
export interface BatchSize {
  readonly batch: number;
  readonly tokens: number;
}

/** The shape of a mask for a batch. */
export function maskShape({ name, shape }: DropoutMask, sizes: BatchSize): readonly number[] {
  return shape.map((size) => {
    if (typeof size === 'number') return size;
    if (size === 'batch' || size === 'tokens') return sizes[size];
    throw new Error(`The mask ${name} has the size ${size}; expected numbers, batch or tokens.`);
  });
}
