import { addDimensions, multiplyDimensions, type Dimension } from '../dimension.ts';
import { failAt } from '../fail.ts';
import { intAttribute } from '../node.ts';
import { printShape, type Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import { broadcastShapes } from './broadcast.ts';
import {
  axisOf,
  inputAt,
  knownInts,
  optionalInput,
  requireSameType,
  unknownShape,
  type FreshSymbol,
  type ShapeRule,
} from './rule.ts';

const concat: ShapeRule = (node, fresh) => {
  const values = node.inputs.map((_, index) => inputAt(node, index));
  const type = requireSameType(node, values);
  const shapes = values.map(({ shape }) => shape);
  const known = shapes.filter((shape) => shape !== null);
  const [first] = known;
  if (first === undefined) return [{ type, shape: null }];
  const axis = axisOf(node, intAttribute(node, 'axis', 0), first.length);
  for (const shape of known) {
    if (shape.length !== first.length) {
      failAt(node, `all inputs must have one rank; found ${printShape(first)} and ${printShape(shape)}.`);
    }
  }
  return [
    {
      type,
      shape: first.map((_, at) => {
        if (at !== axis) return mostCertain(known.map((shape) => shape[at] as Dimension));
        if (known.length < shapes.length) return fresh();
        return sum(known.map((shape) => shape[at] as Dimension)) ?? fresh();
      }),
    },
  ];
};

const split: ShapeRule = (node, fresh) => {
  const { type, shape } = inputAt(node, 0);
  if (shape === null) return Array.from({ length: node.outputCount }, () => ({ type, shape: null }));
  const axis = axisOf(node, intAttribute(node, 'axis', 0), shape.length);
  const wanted = optionalInput(node, 1);
  const sizes = wanted === null ? evenParts(shape[axis] as Dimension, node.outputCount) : wanted.contents;
  if (sizes !== null && sizes.length !== node.outputCount) {
    failAt(node, `${sizes.length} part sizes were given for ${node.outputCount} outputs.`);
  }
  return Array.from({ length: node.outputCount }, (_, part) => ({
    type,
    shape: shape.with(axis, sizes?.[part] ?? fresh()),
  }));
};

function evenParts(size: Dimension, count: number): readonly Dimension[] | null {
  if (typeof size !== 'number') return null;
  const part = Math.ceil(size / count);
  return Array.from({ length: count }, (_, at) => Math.max(0, Math.min(part, size - at * part)));
}

const slice: ShapeRule = (node, fresh) => {
  const { type, shape } = inputAt(node, 0);
  const [starts, ends] = [inputAt(node, 1), inputAt(node, 2)];
  if (shape === null) return [{ type, shape: null }];
  const count = starts.shape?.[0];
  const axesInput = optionalInput(node, 3);
  const axes = axesInput === null ? [...shape.keys()].slice(0, Number(count)) : knownInts(axesInput);
  const stepsInput = optionalInput(node, 4);
  if (axes === null) return [{ type, shape: unknownShape(shape.length, fresh) }];
  const steps = stepsInput === null ? axes.map(() => 1) : knownInts(stepsInput);
  const result = [...shape];
  for (const [at, axis] of axes.entries()) {
    const target = axisOf(node, axis, shape.length);
    const start = starts.contents?.[at];
    const end = ends.contents?.[at];
    const step = steps?.[at];
    if (step === 0) failAt(node, 'a step of 0 never ends.');
    result[target] = sliceSize(shape[target] as Dimension, start, end, step) ?? fresh();
  }
  return [{ type, shape: result }];
};

/** The number of elements from `start` to before `end`; null where that is not known. */
function sliceSize(
  size: Dimension,
  start: Dimension | undefined,
  end: Dimension | undefined,
  step: number | undefined,
): Dimension | null {
  if (start === undefined || end === undefined || step === undefined) return null;
  const whole = end === size || (typeof end === 'number' && end >= 2 ** 31 - 1);
  if (start === 0 && step === 1 && whole) return size;
  // What stops at a symbol is taken to lie inside, as an exporter that wrote `x[:n]` for a table of positions meant it.
  if (start === 0 && step === 1 && typeof end === 'string' && typeof size === 'number') return end;
  if (typeof start !== 'number' || typeof end !== 'number') return null;
  if (typeof size !== 'number') {
    if (step === 1 && whole && start < 0) return null;
    return step === 1 && whole ? addDimensions(size, -start, 1) : null;
  }
  const from = clamp(start < 0 ? start + size : start, 0, step > 0 ? size : size - 1);
  const to = clamp(end < 0 ? end + size : end, step > 0 ? 0 : -1, size);
  return Math.max(0, Math.ceil((to - from) / step));
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

const pad: ShapeRule = (node, fresh) => {
  const { type, shape } = inputAt(node, 0);
  if (shape === null) return [{ type, shape: null }];
  const pads = inputAt(node, 1).contents;
  const axesInput = optionalInput(node, 3);
  const axes = axesInput === null ? [...shape.keys()] : knownInts(axesInput);
  if (pads === null || axes === null) return [{ type, shape: unknownShape(shape.length, fresh) }];
  if (pads.length !== 2 * axes.length)
    failAt(node, `expected ${2 * axes.length} pads; found ${pads.length}.`);
  const result = [...shape];
  for (const [at, axis] of axes.entries()) {
    const target = axisOf(node, axis, shape.length);
    result[target] = sum([shape[target], pads[at], pads[at + axes.length]] as Dimension[]) ?? fresh();
  }
  return [{ type, shape: result }];
};

const expand: ShapeRule = (node, fresh) => {
  const { type, shape } = inputAt(node, 0);
  const wanted = inputAt(node, 1);
  if (wanted.contents !== null)
    return [{ type, shape: broadcastShapes(node, [shape, wanted.contents], fresh) }];
  const rank = wanted.shape?.[0];
  if (shape === null || typeof rank !== 'number') return [{ type, shape: null }];
  return [{ type, shape: unknownShape(Math.max(rank, shape.length), fresh) }];
};

const tile: ShapeRule = (node, fresh) => {
  const { type, shape } = inputAt(node, 0);
  const repeats = inputAt(node, 1).contents;
  if (shape === null) return [{ type, shape: null }];
  if (repeats === null) return [{ type, shape: unknownShape(shape.length, fresh) }];
  if (repeats.length !== shape.length)
    failAt(node, `expected ${shape.length} repeats; found ${repeats.length}.`);
  return [
    {
      type,
      shape: shape.map((size, axis) => multiplyDimensions(size, repeats[axis] as Dimension) ?? fresh()),
    },
  ];
};

const constantOfShape: ShapeRule = (node, fresh) => {
  const wanted = inputAt(node, 0);
  const value = node.attributes.get('value');
  const type = value?.kind === 'tensor' ? value.value.type : 'float32';
  return [{ type, shape: wanted.contents ?? rankOnly(wanted, fresh) }];
};

function rankOnly(wanted: Value, fresh: FreshSymbol): Shape | null {
  const rank = wanted.shape?.[0];
  return typeof rank === 'number' && rank <= 64 ? unknownShape(rank, fresh) : null;
}

const range: ShapeRule = (node, fresh) => {
  const [start, limit, step] = [inputAt(node, 0), inputAt(node, 1), inputAt(node, 2)];
  const type = requireSameType(node, [start, limit, step]);
  const [from, to, by] = [start, limit, step].map((value) => value.contents?.[0]);
  if (by === 0) failAt(node, 'a step of 0 never ends.');
  return [{ type, shape: [rangeSize(from, to, by) ?? fresh()] }];
};

function rangeSize(from?: Dimension, to?: Dimension, by?: Dimension): Dimension | null {
  if (from === undefined || to === undefined || typeof by !== 'number') return null;
  if (typeof from === 'number' && typeof to === 'number') return Math.max(0, Math.ceil((to - from) / by));
  return by === 1 && from === 0 ? to : null;
}

const shapeOf: ShapeRule = (node) => {
  const { shape } = inputAt(node, 0);
  if (shape === null) return [{ type: 'int64', shape: null }];
  const part = shape.slice(intAttribute(node, 'start', 0), intAttribute(node, 'end', shape.length));
  return [{ type: 'int64', shape: [part.length], contents: part }];
};

const sizeOf: ShapeRule = () => [{ type: 'int64', shape: [] }];

function sum(sizes: readonly Dimension[]): Dimension | null {
  return sizes.reduce<Dimension | null>(
    (total, size) => (total === null ? null : addDimensions(total, size, 1)),
    0,
  );
}

/** Of sizes that must be equal: a number where there is one. */
function mostCertain(sizes: readonly Dimension[]): Dimension {
  return sizes.find((size) => typeof size === 'number') ?? (sizes[0] as Dimension);
}

/** Operators that make, join, cut or repeat tensors. */
export const extentShapes: Readonly<Record<string, ShapeRule>> = {
  Concat: concat,
  ConstantOfShape: constantOfShape,
  Expand: expand,
  Pad: pad,
  Range: range,
  Shape: shapeOf,
  Size: sizeOf,
  Slice: slice,
  Split: split,
  Tile: tile,
};
