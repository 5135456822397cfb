import { intAttribute } from '../node.ts';
import type { Shape } from '../shape.ts';
import { axesOf, axisOf, inputAt, knownInts, optionalInput, unknownShape, type ShapeRule } from './rule.ts';

const reduce: ShapeRule = (node, fresh) => {
  const { type, shape } = inputAt(node, 0);
  if (shape === null) return [{ type, shape: null }];
  const keep = intAttribute(node, 'keepdims', 1) !== 0;
  const axesInput = optionalInput(node, 1);
  let axes = axesInput === null ? [] : knownInts(axesInput);
  if (axes === null) return [{ type, shape: keep ? unknownShape(shape.length, fresh) : null }];
  if (axes.length === 0 && intAttribute(node, 'noop_with_empty_axes', 0) === 0) axes = [...shape.keys()];
  return [{ type, shape: reduced(shape, axesOf(node, axes, shape.length), keep) }];
};

const argument: ShapeRule = (node) => {
  const { shape } = inputAt(node, 0);
  if (shape === null) return [{ type: 'int64', shape: null }];
  const axis = axisOf(node, intAttribute(node, 'axis', 0), shape.length);
  return [{ type: 'int64', shape: reduced(shape, [axis], intAttribute(node, 'keepdims', 1) !== 0) }];
};

function reduced(shape: Shape, axes: readonly number[], keep: boolean): Shape {
  return keep
    ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !axes.includes(axis));
}

/** Reductions over axes. */
export const reduceShapes: Readonly<Record<string, ShapeRule>> = {
  ReduceL2: reduce,
  ReduceLogSumExp: reduce,
  ReduceMax: reduce,
  ReduceMean: reduce,
  ReduceMin: reduce,
  ReduceProd: reduce,
  ReduceSum: reduce,
  ReduceSumSquare: reduce,
  ArgMax: argument,
  ArgMin: argument,
};
