import type { Dimension } from '../dimension.ts';
import { failAt } from '../fail.ts';
import { intAttribute } from '../node.ts';
import { printShape, type Shape } from '../shape.ts';
import { broadcastShapes } from './broadcast.ts';
import {
  inputAt,
  requireRank,
  requireSameType,
  type FreshSymbol,
  type NodeRequest,
  type ShapeRule,
} from './rule.ts';

const matMul: ShapeRule = (node, fresh) => {
  const [a, b] = [inputAt(node, 0), inputAt(node, 1)];
  const type = requireSameType(node, [a, b]);
  return [{ type, shape: a.shape && b.shape && productShape(node, a.shape, b.shape, fresh) }];
};

const fusedMatMul: ShapeRule = (node, fresh) => {
  const [a, b] = [inputAt(node, 0), inputAt(node, 1)];
  const type = requireSameType(node, [a, b]);
  for (const name of ['transBatchA', 'transBatchB']) {
    if (intAttribute(node, name, 0) !== 0) failAt(node, `${name} is not supported.`);
  }
  if (a.shape === null || b.shape === null) return [{ type, shape: null }];
  for (const { length } of [a.shape, b.shape])
    if (length < 2) failAt(node, 'matrices of two axes or more were expected.');
  const left = intAttribute(node, 'transA', 0) ? swapLast(a.shape) : a.shape;
  const right = intAttribute(node, 'transB', 0) ? swapLast(b.shape) : b.shape;
  return [{ type, shape: productShape(node, left, right, fresh) }];
};

const gemm: ShapeRule = (node) => {
  const [a, b] = [inputAt(node, 0), inputAt(node, 1)];
  const type = requireSameType(node, [a, b]);
  if (a.shape === null || b.shape === null) return [{ type, shape: null }];
  requireRank(node, a.shape, [2]);
  requireRank(node, b.shape, [2]);
  const [rows, inner] = intAttribute(node, 'transA', 0) ? swapLast(a.shape) : a.shape;
  const [innerRight, columns] = intAttribute(node, 'transB', 0) ? swapLast(b.shape) : b.shape;
  requireInner(node, inner, innerRight, a.shape, b.shape);
  return [{ type, shape: [rows as Dimension, columns as Dimension] }];
};

/** A one-axis operand is a row on the left, a column on the right, and its axis is dropped from the result. */
function productShape(node: NodeRequest, a: Shape, b: Shape, fresh: FreshSymbol): Shape {
  if (a.length === 0 || b.length === 0) failAt(node, 'a matrix was expected; found a scalar.');
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  requireInner(node, left.at(-1), right.at(-2), a, b);
  const batch = broadcastShapes(node, [left.slice(0, -2), right.slice(0, -2)], fresh) ?? [];
  return [
    ...batch,
    ...(a.length === 1 ? [] : [left.at(-2) as Dimension]),
    ...(b.length === 1 ? [] : [right.at(-1) as Dimension]),
  ];
}

function requireInner(node: NodeRequest, left: unknown, right: unknown, a: Shape, b: Shape): void {
  if (typeof left === 'number' && typeof right === 'number' && left !== right) {
    failAt(node, `matrices of shapes ${printShape(a)} and ${printShape(b)} can't be multiplied.`);
  }
}

function swapLast(shape: Shape): Shape {
  return [...shape.slice(0, -2), shape.at(-1) as Dimension, shape.at(-2) as Dimension];
}

/** Matrix products. */
export const matrixShapes: Readonly<Record<string, ShapeRule>> = {
  MatMul: matMul,
  Gemm: gemm,
  'com.microsoft.FusedMatMul': fusedMatMul,
};
