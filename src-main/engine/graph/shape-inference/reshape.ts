import { divideDimensions, type Dimension } from '../dimension.ts';
import { failAt } from '../fail.ts';
import { intAttribute, intsAttribute } from '../node.ts';
import { elementCount, printShape, type Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import {
  axesOf,
  axisOf,
  inputAt,
  knownInts,
  optionalInput,
  unknownShape,
  type FreshSymbol,
  type NodeRequest,
  type ShapeRule,
} from './rule.ts';

const reshape: ShapeRule = (node, fresh) => {
  const { type, shape } = inputAt(node, 0);
  return [{ type, shape: reshapedShape(node, shape, inputAt(node, 1), fresh) }];
};

function reshapedShape(
  node: NodeRequest,
  from: Shape | null,
  wanted: Value,
  fresh: FreshSymbol,
): Shape | null {
  if (wanted.contents === null) {
    const rank = wanted.shape?.[0];
    return typeof rank === 'number' && rank <= 64 ? unknownShape(rank, fresh) : null;
  }
  const copyZero = intAttribute(node, 'allowzero', 0) === 0;
  const sizes = wanted.contents.map((size, axis) =>
    size === 0 && copyZero ? (from?.[axis] ?? fresh()) : size,
  );
  const open = sizes.indexOf(-1);
  const total = from === null ? null : elementCount(from);
  if (open < 0) {
    requireCount(node, from, total, sizes);
    return sizes;
  }
  if (sizes.lastIndexOf(-1) !== open)
    failAt(node, `a shape may leave one size open; found ${printShape(sizes)}.`);
  const others = elementCount(sizes.toSpliced(open, 1));
  const rest = total === null || others === null ? null : divideDimensions(total, others);
  if (rest === null && typeof total === 'number' && typeof others === 'number' && total > 0) {
    failAt(node, `shape ${printShape(from)} can't be reshaped to ${printShape(sizes)}.`);
  }
  return sizes.with(open, rest ?? fresh());
}

function requireCount(node: NodeRequest, from: Shape | null, total: Dimension | null, to: Shape): void {
  const count = elementCount(to);
  if (typeof total === 'number' && typeof count === 'number' && total !== count) {
    failAt(node, `shape ${printShape(from)} can't be reshaped to ${printShape(to)}.`);
  }
}

const flatten: ShapeRule = (node, fresh) => {
  const { type, shape } = inputAt(node, 0);
  if (shape === null) return [{ type, shape: unknownShape(2, fresh) }];
  const wanted = intAttribute(node, 'axis', 1);
  const axis = wanted < 0 ? wanted + shape.length : wanted;
  const rows = elementCount(shape.slice(0, axis)) ?? fresh();
  return [{ type, shape: [rows, elementCount(shape.slice(axis)) ?? fresh()] }];
};

const squeeze: ShapeRule = (node) => {
  const { type, shape } = inputAt(node, 0);
  const axesInput = optionalInput(node, 1);
  if (shape === null) return [{ type, shape: null }];
  if (axesInput === null) {
    const certain = shape.every((size) => typeof size === 'number');
    return [{ type, shape: certain ? shape.filter((size) => size !== 1) : null }];
  }
  const wanted = knownInts(axesInput);
  if (wanted === null) return [{ type, shape: null }];
  const axes = axesOf(node, wanted, shape.length);
  for (const axis of axes) {
    const size = shape[axis];
    if (typeof size === 'number' && size !== 1)
      failAt(node, `axis ${axis} of ${printShape(shape)} has not the size 1.`);
  }
  return [{ type, shape: shape.filter((_, axis) => !axes.includes(axis)) }];
};

const unsqueeze: ShapeRule = (node) => {
  const { type, shape } = inputAt(node, 0);
  const wanted = knownInts(inputAt(node, 1));
  if (shape === null || wanted === null) return [{ type, shape: null }];
  const axes = axesOf(node, wanted, shape.length + wanted.length);
  const rest = [...shape];
  return [
    {
      type,
      shape: Array.from({ length: shape.length + axes.length }, (_, axis) =>
        axes.includes(axis) ? 1 : (rest.shift() as Dimension),
      ),
    },
  ];
};

const transpose: ShapeRule = (node) => {
  const { type, shape } = inputAt(node, 0);
  if (shape === null) return [{ type, shape: null }];
  const order = intsAttribute(node, 'perm') ?? [...shape.keys()].reverse();
  if (order.length !== shape.length || axesOf(node, order, shape.length).length !== shape.length) {
    failAt(
      node,
      `perm [${order.join(', ')}] is not an order of the ${shape.length} axes of ${printShape(shape)}.`,
    );
  }
  return [{ type, shape: order.map((axis) => shape[axisOf(node, axis, shape.length)] as Dimension) }];
};

/** Operators that move elements to another shape without changing them. */
export const reshapeShapes: Readonly<Record<string, ShapeRule>> = {
  Flatten: flatten,
  Reshape: reshape,
  Squeeze: squeeze,
  Transpose: transpose,
  Unsqueeze: unsqueeze,
};
