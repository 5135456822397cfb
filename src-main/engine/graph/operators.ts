import { float, int, ints, type AttributeRecord } from './attribute.ts';
import type { GraphBuilder } from './builder.ts';
import { elementTypes, type ElementType } from './element-type.ts';
import { contribDomain } from './graph.ts';
import type { Value } from './value.ts';

/** The sum, with broadcasting. */
export const add = (g: GraphBuilder, a: Value, b: Value): Value => g.op('Add', [a, b]);

/** The difference, with broadcasting. */
export const subtract = (g: GraphBuilder, a: Value, b: Value): Value => g.op('Sub', [a, b]);

/** The product element by element, with broadcasting. */
export const multiply = (g: GraphBuilder, a: Value, b: Value): Value => g.op('Mul', [a, b]);

/** The quotient element by element, with broadcasting. */
export const divide = (g: GraphBuilder, a: Value, b: Value): Value => g.op('Div', [a, b]);

/** Minus x. */
export const negate = (g: GraphBuilder, x: Value): Value => g.op('Neg', [x]);

/** x times a number. */
export const scale = (g: GraphBuilder, x: Value, by: number): Value =>
  by === 1 ? x : multiply(g, x, g.scalar(by, x));

/** x plus a number. */
export const shift = (g: GraphBuilder, x: Value, by: number): Value => add(g, x, g.scalar(by, x));

/** `a` where the condition holds, `b` elsewhere. */
export const choose = (g: GraphBuilder, condition: Value, a: Value, b: Value): Value =>
  g.op('Where', [condition, a, b]);

/** x as another element type. */
export const cast = (g: GraphBuilder, x: Value, type: ElementType): Value =>
  x.type === type ? x : g.op('Cast', [x], { to: int(elementTypes[type].code) });

/** x with its axes in another order. */
export const transpose = (g: GraphBuilder, x: Value, order: readonly number[]): Value =>
  order.every((axis, at) => axis === at) ? x : g.op('Transpose', [x], { perm: ints(order) });

/** x with other sizes: numbers, of which one may be -1, or a value computed in the graph. */
export const reshape = (g: GraphBuilder, x: Value, shape: Value | readonly number[]): Value =>
  g.op('Reshape', [x, isValue(shape) ? shape : g.ints(shape)]);

/** x with axes of size 1 put in; axes count in the result. */
export const unsqueeze = (g: GraphBuilder, x: Value, axes: readonly number[]): Value =>
  g.op('Unsqueeze', [x, g.ints(axes)]);

/** x without some axes of size 1. */
export const squeeze = (g: GraphBuilder, x: Value, axes: readonly number[]): Value =>
  g.op('Squeeze', [x, g.ints(axes)]);

/** The sum over axes, which stay with the size 1; no axes: x itself. */
export const sumKeep = (g: GraphBuilder, x: Value, axes: readonly number[]): Value =>
  axes.length === 0 ? x : g.op('ReduceSum', [x, g.ints(axes)], { keepdims: int(1) });

/** The sum over axes, which are dropped; no axes: x itself. */
export const sumOver = (g: GraphBuilder, x: Value, axes: readonly number[]): Value =>
  axes.length === 0 ? x : g.op('ReduceSum', [x, g.ints(axes)], { keepdims: int(0) });

/** The mean over axes, which stay with the size 1. */
export const meanKeep = (g: GraphBuilder, x: Value, axes: readonly number[]): Value =>
  g.op('ReduceMean', [x, g.ints(axes)], { keepdims: int(1) });

/** Values joined along an axis. */
export const concatenate = (g: GraphBuilder, values: readonly Value[], axis: number): Value => {
  const [only] = values;
  return values.length === 1 && only ? only : g.op('Concat', values, { axis: int(axis) });
};

/** Which of the two operands of a product of matrices is transposed, and a factor. */
export interface ProductSettings {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly alpha?: number;
}

/**
 * The product of matrices (the last two axes), with batch axes broadcast; either side may be transposed. One FusedMatMul where
 * the builder may use it; without, Transpose and MatMul.
 */
export function matMul(g: GraphBuilder, a: Value, b: Value, settings: ProductSettings = {}): Value {
  const { transposeA = false, transposeB = false, alpha = 1 } = settings;
  const plain = !transposeA && !transposeB && alpha === 1;
  if (g.contrib && !plain && a.type === 'float32') {
    const attributes: AttributeRecord = {
      transA: int(transposeA ? 1 : 0),
      transB: int(transposeB ? 1 : 0),
      alpha: float(alpha),
    };
    return g.op('FusedMatMul', [a, b], attributes, { domain: contribDomain });
  }
  const product = g.op('MatMul', [transposeA ? swapLast(g, a) : a, transposeB ? swapLast(g, b) : b]);
  return scale(g, product, alpha);
}

/** x with its last two axes swapped; the rank must be known. */
export function swapLast(g: GraphBuilder, x: Value): Value {
  const rank = x.shape?.length ?? 2;
  return transpose(g, x, [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2]);
}

function isValue(shape: Value | readonly number[]): shape is Value {
  return !Array.isArray(shape);
}
