import { elementTypeOf, elementTypes, type ElementType } from '../element-type.ts';
import { failAt } from '../fail.ts';
import { intAttribute } from '../node.ts';
import type { Value } from '../value.ts';
import { broadcastShapes } from './broadcast.ts';
import {
  inputAt,
  requireSameType,
  requireType,
  type FreshSymbol,
  type NodeRequest,
  type ShapeRule,
} from './rule.ts';

const likeFirst: ShapeRule = (node) => {
  const { type, shape } = inputAt(node, 0);
  return [{ type, shape }];
};

const variadic: ShapeRule = (node, fresh) => {
  const values = node.inputs.map((_, index) => inputAt(node, index));
  return [{ type: requireSameType(node, values), shape: broadcast(node, values, fresh) }];
};

const binary: ShapeRule = (node, fresh) => variadic(exactly(node, 2), fresh);

const comparison: ShapeRule = (node, fresh) => {
  const [facts] = binary(node, fresh);
  return [{ type: 'bool', shape: facts?.shape ?? null }];
};

const logical: ShapeRule = (node, fresh) => {
  for (const value of [inputAt(node, 0), inputAt(node, 1)]) requireType(node, value, ['bool']);
  return binary(node, fresh);
};

const test: ShapeRule = (node) => [{ type: 'bool', shape: inputAt(node, 0).shape }];

// The exponent may have a type of its own.
const power: ShapeRule = (node, fresh) => {
  const values = [inputAt(node, 0), inputAt(node, 1)];
  return [{ type: inputAt(node, 0).type, shape: broadcast(node, values, fresh) }];
};

const where: ShapeRule = (node, fresh) => {
  const [condition, a, b] = [inputAt(node, 0), inputAt(node, 1), inputAt(node, 2)];
  requireType(node, condition, ['bool']);
  return [{ type: requireSameType(node, [a, b]), shape: broadcast(node, [condition, a, b], fresh) }];
};

const cast: ShapeRule = (node) => {
  const code = intAttribute(node, 'to', 0);
  const type: ElementType | null = elementTypeOf(code);
  if (type === null) {
    failAt(
      node,
      `can't cast to ONNX element type ${code}; known are ${Object.keys(elementTypes).join(', ')}.`,
    );
  }
  return [{ type, shape: inputAt(node, 0).shape }];
};

const not: ShapeRule = (node, fresh) => {
  requireType(node, inputAt(node, 0), ['bool']);
  return likeFirst(node, fresh);
};

const clip: ShapeRule = (node, fresh) => {
  requireSameType(
    node,
    node.inputs.filter((value): value is Value => value !== null),
  );
  return likeFirst(node, fresh);
};

const dropout: ShapeRule = (node) => {
  const { type, shape } = inputAt(node, 0);
  return [
    { type, shape },
    { type: 'bool' as const, shape },
  ].slice(0, node.outputCount);
};

function broadcast(node: NodeRequest, values: readonly Value[], fresh: FreshSymbol) {
  return broadcastShapes(
    node,
    values.map(({ shape }) => shape),
    fresh,
  );
}

function exactly(node: NodeRequest, count: number): NodeRequest {
  if (node.inputs.length !== count) failAt(node, `expected ${count} inputs; found ${node.inputs.length}.`);
  return node;
}

/** Operators that work element by element. */
export const elementwiseShapes: Readonly<Record<string, ShapeRule>> = {
  Abs: likeFirst,
  Ceil: likeFirst,
  Cos: likeFirst,
  Erf: likeFirst,
  Exp: likeFirst,
  Floor: likeFirst,
  Gelu: likeFirst,
  Identity: likeFirst,
  Log: likeFirst,
  Neg: likeFirst,
  Reciprocal: likeFirst,
  Relu: likeFirst,
  Round: likeFirst,
  Sigmoid: likeFirst,
  Sign: likeFirst,
  Sin: likeFirst,
  Softplus: likeFirst,
  Sqrt: likeFirst,
  Tanh: likeFirst,
  'com.microsoft.FastGelu': likeFirst,
  'com.microsoft.Gelu': likeFirst,
  'com.microsoft.QuickGelu': likeFirst,
  // Not element by element, but of the shape of their first input.
  CumSum: likeFirst,
  LogSoftmax: likeFirst,
  Softmax: likeFirst,
  Trilu: likeFirst,

  Add: binary,
  Div: binary,
  Mod: binary,
  Mul: binary,
  Sub: binary,
  Max: variadic,
  Min: variadic,
  Sum: variadic,
  Pow: power,
  And: logical,
  Or: logical,
  Xor: logical,
  Equal: comparison,
  Greater: comparison,
  GreaterOrEqual: comparison,
  Less: comparison,
  LessOrEqual: comparison,
  IsInf: test,
  IsNaN: test,
  Not: not,
  Cast: cast,
  Clip: clip,
  Dropout: dropout,
  Where: where,
};
