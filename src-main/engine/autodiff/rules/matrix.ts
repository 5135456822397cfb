import type { GraphBuilder } from '../../graph/builder.ts';
import { int } from '../../graph/attribute.ts';
import { floatAttribute, intAttribute, type Node } from '../../graph/node.ts';
import { matMul, scale, squeeze, unsqueeze } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import { rankOf, x, type GradientEntry, type GradientRule } from '../rule.ts';

interface Product {
  readonly a: Value; // [..., rows, inner], or [..., inner, rows] if transposed
  readonly b: Value; // [..., inner, columns], or [..., columns, inner] if transposed
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly alpha: number;
}

/**
 * y = alpha op(a) op(b), where op may transpose:
 *
 * | a, b         | da               | db               |
 * |--------------|------------------|------------------|
 * | as they are  | alpha dy b^T     | alpha a^T dy     |
 * | b transposed | alpha dy b       | alpha dy^T a     |
 * | a transposed | alpha b dy^T     | alpha a dy       |
 * | both         | alpha b^T dy^T   | alpha dy^T a^T   |
 */
function productGradients(
  g: GraphBuilder,
  dy: Value,
  { a, b, transposeA, transposeB, alpha }: Product,
): Value[] {
  const da = transposeA
    ? matMul(g, b, dy, { transposeA: transposeB, transposeB: true, alpha })
    : matMul(g, dy, b, { transposeB: !transposeB, alpha });
  // One matrix for a whole batch, as a weight is: one product over all rows instead of one each, summed afterwards.
  const [rows, dyRows] = b.shape?.length === 2 && !transposeA ? [flat(g, a), flat(g, dy)] : [a, dy];
  const db = transposeB
    ? matMul(g, dyRows, rows, { transposeA: true, transposeB: transposeA, alpha })
    : matMul(g, rows, dyRows, { transposeA: !transposeA, alpha });
  return [da, db];
}

/** [..., columns] as [rows, columns]. */
function flat(g: GraphBuilder, value: Value): Value {
  const rank = value.shape?.length ?? 0;
  return rank === 2 ? value : g.op('Flatten', [value], { axis: int(rank - 1) });
}

// A vector is a row on the left and a column on the right; its axis is missing in the result.
const product: GradientRule = (g, dy, node) => {
  const [a, b] = [x(node, 0), x(node, 1)];
  const [rowVector, columnVector] = [rankOf(node, a) === 1, rankOf(node, b) === 1];
  const wide = (value: Value, axis: number): Value => unsqueeze(g, value, [axis]);
  let dyMatrix = columnVector ? wide(dy, -1) : dy;
  if (rowVector) dyMatrix = wide(dyMatrix, -2);
  const [da, db] = productGradients(g, dyMatrix, {
    a: rowVector ? wide(a, 0) : a,
    b: columnVector ? wide(b, 1) : b,
    transposeA: intAttribute(node, 'transA', 0) !== 0,
    transposeB: intAttribute(node, 'transB', 0) !== 0,
    alpha: floatAttribute(node, 'alpha', 1),
  });
  return [
    da && rowVector ? squeeze(g, da, [-2]) : (da ?? null),
    db && columnVector ? squeeze(g, db, [-1]) : (db ?? null),
  ];
};

// y = alpha a b + beta c: as a product, and dc = beta dy
const gemm: GradientRule = (g, dy, node: Node, dys) => {
  const gradients = product(g, dy, node, dys);
  return node.inputs[2] ? [...gradients, scale(g, dy, floatAttribute(node, 'beta', 1))] : gradients;
};

/** Gradients of matrix products. */
export const matrixRules: Readonly<Record<string, GradientEntry>> = {
  MatMul: product,
  Gemm: gemm,
  'com.microsoft.FusedMatMul': product,
};
