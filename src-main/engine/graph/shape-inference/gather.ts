import { failAt } from '../fail.ts';
import { intAttribute } from '../node.ts';
import { axisOf, inputAt, requireSameType, requireType, type NodeRequest, type ShapeRule } from './rule.ts';

const gather: ShapeRule = (node) => {
  const [data, indices] = [inputAt(node, 0), inputAt(node, 1)];
  requireIndices(node, 1);
  const { type, shape } = data;
  if (shape === null || indices.shape === null) return [{ type, shape: null }];
  const axis = axisOf(node, intAttribute(node, 'axis', 0), shape.length);
  return [{ type, shape: [...shape.slice(0, axis), ...indices.shape, ...shape.slice(axis + 1)] }];
};

const gatherElements: ShapeRule = (node) => {
  requireIndices(node, 1);
  return [{ type: inputAt(node, 0).type, shape: inputAt(node, 1).shape }];
};

const gatherNd: ShapeRule = (node) => {
  const [data, indices] = [inputAt(node, 0), inputAt(node, 1)];
  requireIndices(node, 1);
  const { type } = data;
  const batch = intAttribute(node, 'batch_dims', 0);
  if (data.shape === null || indices.shape === null) return [{ type, shape: null }];
  const depth = indices.shape.at(-1);
  if (typeof depth !== 'number') return [{ type, shape: null }];
  if (depth + batch > data.shape.length || indices.shape.length < 1) {
    failAt(node, `indices of ${depth} parts don't fit a tensor of ${data.shape.length} axes.`);
  }
  return [{ type, shape: [...indices.shape.slice(0, -1), ...data.shape.slice(batch + depth)] }];
};

const scatter: ShapeRule = (node) => {
  const [data, updates] = [inputAt(node, 0), inputAt(node, 2)];
  requireIndices(node, 1);
  return [{ type: requireSameType(node, [data, updates]), shape: data.shape }];
};

const nonZero: ShapeRule = (node, fresh) => {
  const { shape } = inputAt(node, 0);
  return [{ type: 'int64', shape: shape === null ? null : [shape.length, fresh()] }];
};

function requireIndices(node: NodeRequest, index: number): void {
  requireType(node, inputAt(node, index), ['int64', 'int32']);
}

/** Reading and writing by index. */
export const gatherShapes: Readonly<Record<string, ShapeRule>> = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  ScatterElements: scatter,
  ScatterND: scatter,
  NonZero: nonZero,
};
