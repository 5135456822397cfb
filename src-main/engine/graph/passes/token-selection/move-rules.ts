import { intAttribute, intsAttribute, type Node } from '../../node.ts';
import { elementCount, type Shape } from '../../shape.ts';
import { knownInts } from '../../shape-inference/rule.ts';
import { operatorKey } from '../../shape-inference/shape-rules.ts';
import type { Value } from '../../value.ts';
import type { Selection } from './selection.ts';

/** What a node needs in order to compute only what is selected of its output. */
export interface Move {
  /** For each input what is to be selected of it; null for one that is needed as it is. */
  readonly needs: readonly (Selection | null)[];
  /** What takes the place of a Reshape's sizes. */
  readonly sizes?: readonly number[];
}

type MoveRule = (node: Node, selection: Selection, shape: Shape) => Move | null;

/** How a selection moves from a node's only output to its inputs; null where the node mixes what is selected with other places. */
export function moveOf(node: Node, selection: Selection): Move | null {
  const shape = node.outputs[0]?.shape ?? null;
  if (shape === null || shape[selection.axis] === 1) return null;
  return rules.get(operatorKey(node))?.(node, selection, shape) ?? null;
}

const first = (node: Node, selection: Selection | null): Move => ({
  needs: node.inputs.map((_, at) => (at === 0 ? selection : null)),
});

const alone: MoveRule = (node, selection) => first(node, selection);

const broadcast: MoveRule = (node, { axis, index }, shape) => {
  const needs: (Selection | null)[] = [];
  for (const input of node.inputs) {
    if (!input?.shape) return null;
    const own = axis - shape.length + input.shape.length;
    const size = own < 0 ? 1 : input.shape[own];
    if (size !== 1 && size !== shape[axis]) return null; // perhaps 1, perhaps not
    needs.push(size === 1 ? null : { axis: own, index });
  }
  return { needs };
};

// The axes from `axis` on are normalised together.
const layerNormalization: MoveRule = (node, selection, shape) => {
  const axis = intAttribute(node, 'axis', -1);
  return selection.axis < (axis < 0 ? axis + shape.length : axis) ? first(node, selection) : null;
};

const softmax: MoveRule = (node, selection, shape) => {
  const axis = intAttribute(node, 'axis', -1);
  return selection.axis === (axis < 0 ? axis + shape.length : axis) ? null : first(node, selection);
};

const reduce: MoveRule = (node, selection, shape) => {
  const axes = knownInts(node.inputs[1] ?? null);
  if (axes === null || intAttribute(node, 'keepdims', 1) !== 1) return null;
  const over = axes.map((axis) => (axis < 0 ? axis + shape.length : axis));
  return over.length === 0 || over.includes(selection.axis) ? null : first(node, selection);
};

const isSingle = (value: Value | null | undefined): boolean =>
  !value || (value.shape?.every((size) => size === 1) ?? false);

const matMul: MoveRule = (node, { axis, index }, shape) => {
  const turned = ['transA', 'transBatchA', 'transBatchB'].some((name) => intAttribute(node, name, 0) !== 0);
  const [left, right] = [node.inputs[0]?.shape, node.inputs[1]?.shape];
  if (turned || !left || !right || left.length < 2 || axis === shape.length - 1) return null;
  const rows = axis === shape.length - 2;
  // A matrix is the same for the whole batch; among several, a row of the result still has a row of the left side.
  if (!rows && (right.length !== 2 || left.length !== shape.length)) return null;
  return right.length < 2 ? null : first(node, { axis: axis - shape.length + left.length, index });
};

// One scale and zero point for the whole of the left side, or they would have to be selected as well.
const integerProduct: MoveRule = (node, selection, shape) =>
  isSingle(node.inputs[2]) && isSingle(node.inputs[4]) && node.inputs[1]?.shape?.length === 2
    ? matMul(node, selection, shape)
    : null;

const quantizeLinear: MoveRule = (node, selection) =>
  isSingle(node.inputs[1]) && isSingle(node.inputs[2]) ? first(node, selection) : null;

const transpose: MoveRule = (node, { axis, index }, shape) => {
  const order = intsAttribute(node, 'perm') ?? shape.map((_, at) => shape.length - 1 - at);
  const from = order[axis];
  return from === undefined ? null : first(node, { axis: from, index });
};

// What lies before the axis and its size are the same on both sides; so is then what lies behind.
const reshape: MoveRule = (node, { axis, index }, shape) => {
  const from = node.inputs[0]?.shape;
  if (!from) return null;
  const before = elementCount(shape.slice(0, axis));
  const own = from.findIndex(
    (size, at) => size === shape[axis] && before !== null && elementCount(from.slice(0, at)) === before,
  );
  if (own < 0) return null;
  // 0 stands for the size that the input has there, -1 for what remains.
  const sizes = shape.map((size, at) => {
    if (at === axis) return 1;
    if (typeof size === 'number') return size;
    return at !== own && from[at] === size ? 0 : -1;
  });
  const clear = sizes.filter((size) => size === -1).length <= 1 && !shape.includes(0);
  return clear ? { ...first(node, { axis: own, index }), sizes } : null;
};

const aloneOperators =
  'Abs Cast Ceil Cos Erf Exp Floor Gelu Identity IsInf IsNaN Log Neg Not Reciprocal Relu Round Sigmoid Sign Sin Softplus Sqrt Tanh ' +
  'com.microsoft.FastGelu com.microsoft.Gelu com.microsoft.QuickGelu';
const broadcastOperators =
  'Add And Div Equal Greater GreaterOrEqual Less LessOrEqual Max Min Mod Mul Or Pow Sub Sum Where Xor';
const reductions =
  'ReduceL2 ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare';

const rules: ReadonlyMap<string, MoveRule> = new Map([
  ...aloneOperators.split(' ').map((op): [string, MoveRule] => [op, alone]),
  ...broadcastOperators.split(' ').map((op): [string, MoveRule] => [op, broadcast]),
  ...reductions.split(' ').map((op): [string, MoveRule] => [op, reduce]),
  ['LayerNormalization', layerNormalization],
  ['Softmax', softmax],
  ['LogSoftmax', softmax],
  ['MatMul', matMul],
  ['com.microsoft.FusedMatMul', matMul],
  ['com.microsoft.MatMulIntegerToFloat', integerProduct],
  ['QuantizeLinear', quantizeLinear],
  ['Transpose', transpose],
  ['Reshape', reshape],
]);
