import type { Dimension } from '../dimension.ts';
import { knownInts, optionalInput, type NodeRequest } from '../shape-inference/rule.ts';
import { numbersOf } from '../tensor.ts';
import type { Contents } from '../value.ts';
import { spread } from './spread.ts';

type Move = (node: NodeRequest, shape: readonly number[]) => readonly (Dimension | null)[] | null;

const same: Move = (node) => contentsAt(node, 0);

const concat: Move = (node, shape) => {
  if (shape.length !== 1) return null;
  const parts = node.inputs.map((_, index) => contentsAt(node, index));
  return parts.every((part) => part !== null) ? parts.flat() : null;
};

const constantOfShape: Move = (node, shape) => {
  const value = node.attributes.get('value');
  const [element] = value?.kind === 'tensor' ? numbersOf(value.value) : [0];
  return new Array<number>(count(shape)).fill(element ?? 0);
};

const gather: Move = (node) => {
  const data = contentsAt(node, 0);
  const indices = knownInts(optionalInput(node, 1));
  if (data === null || indices === null || optionalInput(node, 0)?.shape?.length !== 1) return null;
  return indices.map((index) => data[index < 0 ? index + data.length : index] ?? null);
};

const range: Move = (node, shape) => {
  const [start, step] = [contentsAt(node, 0)?.[0], contentsAt(node, 2)?.[0]];
  if (typeof start !== 'number' || typeof step !== 'number') return null;
  return Array.from({ length: count(shape) }, (_, at) => start + at * step);
};

const reduceProduct: Move = (node, shape) => {
  const numbers = knownInts(optionalInput(node, 0));
  return numbers !== null && count(shape) === 1 ? [numbers.reduce((a, b) => a * b, 1)] : null;
};

const slice: Move = (node, shape) => {
  const data = contentsAt(node, 0);
  const start = contentsAt(node, 1)?.[0];
  const steps = optionalInput(node, 4);
  const step = steps === null ? 1 : contentsAt(node, 4)?.[0];
  if (data === null || shape.length !== 1 || typeof start !== 'number' || typeof step !== 'number')
    return null;
  const from =
    start < 0 ? Math.max(0, start + data.length) : Math.min(start, data.length - (step < 0 ? 1 : 0));
  return Array.from({ length: count(shape) }, (_, at) => data[from + at * step] ?? null);
};

const where: Move = (node, shape) => {
  const [condition, a, b] = [spread(node, 0, shape), spread(node, 1, shape), spread(node, 2, shape)];
  if (condition === null || a === null || b === null) return null;
  return condition.map((item, at) => {
    if (typeof item === 'number') return (item === 0 ? b[at] : a[at]) ?? null;
    return null;
  });
};

function contentsAt(node: NodeRequest, index: number): Contents | null {
  return optionalInput(node, index)?.contents ?? null;
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Operators that move known elements about, or make them from known settings. */
export const knownMoves: Readonly<Record<string, Move>> = {
  Concat: concat,
  ConstantOfShape: constantOfShape,
  Expand: (node, shape) => spread(node, 0, shape),
  Flatten: same,
  Gather: gather,
  Range: range,
  ReduceProd: reduceProduct,
  Reshape: same,
  Slice: slice,
  Squeeze: same,
  Unsqueeze: same,
  Where: where,
};
