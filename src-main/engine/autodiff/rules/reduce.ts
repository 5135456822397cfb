import type { GraphBuilder } from '../../graph/builder.ts';
import { failAt } from '../../graph/fail.ts';
import { intAttribute, type Node } from '../../graph/node.ts';
import {
  cast,
  choose,
  divide,
  multiply,
  scale,
  subtract,
  sumKeep,
  unsqueeze,
} from '../../graph/operators.ts';
import { knownInts } from '../../graph/shape-inference/rule.ts';
import type { Value } from '../../graph/value.ts';
import { shapeOf, sizeOf } from '../extent.ts';
import { rankOf, x, y, type GradientEntry, type GradientRule } from '../rule.ts';

function reducedAxes(node: Node): readonly number[] {
  const rank = rankOf(node, x(node));
  const input = node.inputs[1] ?? null;
  const axes = input === null ? [] : knownInts(input);
  if (axes === null)
    failAt(node, 'the axes must be known when the gradient is built; found ones that are computed.');
  if (axes.length > 0) return axes.map((axis) => (axis < 0 ? axis + rank : axis));
  const none = intAttribute(node, 'noop_with_empty_axes', 0) !== 0;
  return none ? [] : Array.from({ length: rank }, (_, axis) => axis);
}

/** A value of the reduced shape, with the reduced axes put back as size 1. */
function withAxes(g: GraphBuilder, node: Node, value: Value): Value {
  const axes = reducedAxes(node);
  const kept = intAttribute(node, 'keepdims', 1) !== 0;
  return kept || axes.length === 0 ? value : unsqueeze(g, value, axes);
}

function expandToInput(g: GraphBuilder, node: Node, value: Value): Value {
  return g.op('Expand', [value, shapeOf(g, x(node))]);
}

// y = sum(x): dx = dy, repeated
const sum: GradientRule = (g, dy, node) => [expandToInput(g, node, withAxes(g, node, dy)), null];

// y = sum(x) / n: dx = dy / n, repeated
const mean: GradientRule = (g, dy, node) => {
  const share = divide(g, sizeOf(g, y(node), dy), sizeOf(g, x(node), dy));
  return [expandToInput(g, node, multiply(g, withAxes(g, node, dy), share)), null];
};

// y = max(x): dx = dy at the elements that reach it, shared evenly as in PyTorch's amax
const extreme: GradientRule = (g, dy, node) => {
  const hits = cast(g, g.op('Equal', [x(node), withAxes(g, node, y(node))]), dy.type);
  const share = divide(g, withAxes(g, node, dy), sumKeep(g, hits, reducedAxes(node)));
  return [multiply(g, hits, share), null];
};

// y = sqrt(sum(x^2)): dx = dy x / y; 0 at 0
const norm: GradientRule = (g, dy, node) => {
  const length = withAxes(g, node, y(node));
  const zero = g.scalar(0, dy);
  const ratio = divide(g, withAxes(g, node, dy), length);
  return [multiply(g, x(node), choose(g, g.op('Equal', [length, zero]), zero, ratio)), null];
};

/** Gradients of reductions over axes. */
export const reduceRules: Readonly<Record<string, GradientEntry>> = {
  ReduceSum: sum,
  ReduceMean: mean,
  ReduceMax: extreme,
  ReduceMin: extreme,
  ReduceL2: norm,
  // y = sum(x^2): dx = 2 x dy
  ReduceSumSquare: (g, dy, node) => [multiply(g, scale(g, x(node), 2), withAxes(g, node, dy)), null],
  // y = ln(sum(exp(x))): dx = dy exp(x - y)
  ReduceLogSumExp: (g, dy, node) => {
    const share = g.op('Exp', [subtract(g, x(node), withAxes(g, node, y(node)))]);
    return [multiply(g, share, withAxes(g, node, dy)), null];
  },
};
