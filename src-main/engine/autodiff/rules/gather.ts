import { int, string } from '../../graph/attribute.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import { failAt } from '../../graph/fail.ts';
import { intAttribute, stringAttribute, type Node } from '../../graph/node.ts';
import { add, cast, choose, matMul, reshape, unsqueeze } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import { shapeOf, sizeOfAxis, zerosLike } from '../extent.ts';
import { addAtPositions, positionsIn } from '../positions.ts';
import { axisFromFront, rankOf, x, type GradientEntry, type GradientRule } from '../rule.ts';

// Up to this many rows, a product with a matrix of ones and zeros is faster than adding rows one by one.
const mostOneHotRows = 64;

/**
 * y = rows of x at the indices: dx = zeros, with the rows of dy added at the indices, which may repeat.
 * Never ScatterND(add): ONNX Runtime's CPU kernel loses updates when indices repeat and there is more than one thread.
 */
const gather: GradientRule = (g, dy, node) => {
  const [data, indices] = [x(node, 0), x(node, 1)];
  const axis = axisFromFront(intAttribute(node, 'axis', 0), rankOf(node, data));
  if (rankOf(node, indices) === 0) return [gatherOne(g, dy, data, indices, axis), null];
  const rows = data.shape?.[0];
  if (axis === 0 && rankOf(node, data) === 2 && typeof rows === 'number' && rows <= mostOneHotRows) {
    return [gatherByProduct(g, dy, rows, indices), null];
  }
  return [gatherByScatter(g, dy, data, indices, axis), null];
};

/** One index, whose axis is missing in dy: dy where the position is that index, zero elsewhere. */
function gatherOne(g: GraphBuilder, dy: Value, data: Value, indices: Value, axis: number): Value {
  const rank = data.shape?.length ?? 1;
  const count = sizeOfAxis(g, data, axis); // [1]
  const positions = rangeTo(g, count); // [size of the axis]
  const index = fromFront(g, cast(g, indices, 'int64'), count); // [1]
  const here = reshape(g, g.op('Equal', [positions, index]), [
    -1,
    ...new Array<number>(rank - axis - 1).fill(1),
  ]);
  return choose(g, here, unsqueeze(g, dy, [axis]), g.scalar(0, dy));
}

/** [rows, columns] = onehot(indices)^T dy. */
function gatherByProduct(g: GraphBuilder, dy: Value, rows: number, indices: Value): Value {
  const wanted = fromFront(g, cast(g, reshape(g, indices, [-1, 1]), 'int64'), g.ints([rows]));
  const all = Array.from({ length: rows }, (_, row) => row);
  const oneHot = cast(g, g.op('Equal', [wanted, g.constant('int64', [1, rows], all)]), dy.type); // [uses, rows]
  const flat = g.op('Flatten', [dy], { axis: int((dy.shape?.length ?? 1) - 1) }); // [uses, columns]
  return matMul(g, oneHot, flat, { transposeA: true });
}

function gatherByScatter(g: GraphBuilder, dy: Value, data: Value, indices: Value, axis: number): Value {
  const before = data.shape?.slice(0, axis).length ?? 0;
  const after = (data.shape?.length ?? 1) - axis - 1;
  const [outer, inner] = [new Array<number>(before).fill(1), new Array<number>(after).fill(1)];
  // Several axes of indices become one, in the indices and in dy.
  const flatIndices = reshape(g, indices, [...outer, -1, ...inner]);
  const updates = indices.shape?.length === 1 ? dy : mergeAxes(g, dy, data, axis);
  const everywhere = g.op('Expand', [flatIndices, shapeOf(g, updates)]);
  return addAt(g, data, everywhere, updates, axis);
}

function mergeAxes(g: GraphBuilder, dy: Value, data: Value, axis: number): Value {
  const sizes = data.shape?.map((size, at) => (at === axis ? -1 : size)) ?? [];
  if (sizes.every((size) => typeof size === 'number')) return reshape(g, dy, sizes);
  const parts = sizes.map((_, at) => (at === axis ? g.ints([-1]) : sizeOfAxis(g, data, at)));
  return reshape(g, dy, parts.length === 1 ? (parts[0] as Value) : g.op('Concat', parts, { axis: int(0) }));
}

function addAt(g: GraphBuilder, data: Value, indices: Value, updates: Value, axis: number): Value {
  const attributes = { axis: int(axis), reduction: string('add') };
  return g.op('ScatterElements', [zerosLike(g, data), indices, updates], attributes);
}

function rangeTo(g: GraphBuilder, count: Value): Value {
  const single = (number: number): Value => g.constant('int64', [], [number]);
  return g.op('Range', [single(0), reshape(g, count, []), single(1)]);
}

/** Indices counted from the front: negative ones count from the end of the axis. */
function fromFront(g: GraphBuilder, indices: Value, count: Value): Value {
  const known = indices.contents?.every((index) => typeof index === 'number' && index >= 0) ?? false;
  if (known) return indices;
  return choose(g, g.op('Less', [indices, g.constant('int64', [], [0])]), add(g, indices, count), indices);
}

// y = x at the indices along an axis: dx = zeros, with dy added at the indices
const gatherElements: GradientRule = (g, dy, node) => [
  addAt(g, x(node), x(node, 1), dy, axisFromFront(intAttribute(node, 'axis', 0), rankOf(node, x(node)))),
  null,
];

// y = x with updates written (or added) at the indices: dupdates = dy at the indices; dx = dy, zeroed there if written over
const scatterElements: GradientRule = (g, dy, node: Node) => {
  const reduction = stringAttribute(node, 'reduction', 'none');
  const axis = int(intAttribute(node, 'axis', 0));
  const [indices, updates] = [x(node, 1), x(node, 2)];
  const dUpdates = g.op('GatherElements', [dy, indices], { axis });
  if (reduction === 'add') return [dy, null, dUpdates];
  if (reduction !== 'none')
    failAt(node, `reduction ${reduction} has no gradient here; expected none or add.`);
  return [g.op('ScatterElements', [dy, indices, zerosLike(g, updates)], { axis }), null, dUpdates];
};

// y = elements of x at tuples of indices: dx = zeros, with dy added where its elements came from
const gatherNd: GradientRule = (g, dy, node) => {
  const inputs = [positionsIn(g, x(node)), x(node, 1)];
  const positions = g.op('GatherND', inputs, { batch_dims: int(intAttribute(node, 'batch_dims', 0)) });
  return [addAtPositions(g, dy, x(node), positions), null];
};

// y = x with updates written at tuples of indices: dupdates = dy there, dx = dy with zeros there
const scatterNd: GradientRule = (g, dy, node) => {
  const reduction = stringAttribute(node, 'reduction', 'none');
  if (reduction !== 'none') failAt(node, `reduction ${reduction} has no gradient here; expected none.`);
  const [indices, updates] = [x(node, 1), x(node, 2)];
  return [g.op('ScatterND', [dy, indices, zerosLike(g, updates)]), null, g.op('GatherND', [dy, indices])];
};

/** Gradients of reading and writing by index. */
export const gatherRules: Readonly<Record<string, GradientEntry>> = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  ScatterElements: scatterElements,
  ScatterND: scatterNd,
};
