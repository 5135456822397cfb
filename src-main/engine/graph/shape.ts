import { multiplyDimensions, type Dimension } from './dimension.ts';

/** The sizes of a tensor's axes, outermost first. */
export type Shape = readonly Dimension[];

/** Whether every size is a number. */
export function isStatic(shape: Shape): shape is readonly number[] {
  return shape.every((size) => typeof size === 'number');
}

/** Whether two shapes are certainly the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** The number of elements; null where it can't be expressed. */
export function elementCount(shape: Shape): Dimension | null {
  return shape.reduce<Dimension | null>(
    (product, size) => (product === null ? null : multiplyDimensions(product, size)),
    1,
  );
}

/** A shape as text, such as `[batch, 128, 16]`; a question mark for an unknown rank. */
export function printShape(shape: Shape | null): string {
  return shape === null ? '?' : `[${shape.join(', ')}]`;
}
