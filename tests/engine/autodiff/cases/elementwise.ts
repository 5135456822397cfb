import { elementTypes } from '../../../../src-main/engine/graph/element-type.ts';
import { float, int, string, type AttributeRecord } from '../../../../src-main/engine/graph/attribute.ts';
import { contribDomain } from '../../../../src-main/engine/graph/graph.ts';
import type { Domain, GradientCase } from '../check-gradient.ts';
import { broadcastPairs } from './broadcast-shapes.ts';

function unary(
  op: string,
  domain: Domain = 'any',
  attributes: AttributeRecord = {},
  from = '',
): GradientCase {
  const settings = Object.keys(attributes).length === 0 ? '' : ` ${JSON.stringify(attributes)}`;
  return {
    name: `${op}${settings}`,
    operands: [{ shape: [2, 3, 4], domain }],
    build: (g, [x]) => g.op(op, [x ?? null], attributes, { domain: from }),
  };
}

function binary(op: string, left: Domain = 'any', right: Domain = 'any'): readonly GradientCase[] {
  return broadcastPairs.map(([a, b]) => ({
    name: `${op} of [${a.join()}] and [${b.join()}]`,
    operands: [
      { shape: a, domain: left },
      { shape: b, domain: right },
    ],
    build: (g, [x, y]) => g.op(op, [x ?? null, y ?? null]),
  }));
}

const power = (exponent: number, domain: Domain): GradientCase => ({
  name: `Pow with exponent ${exponent}`,
  operands: [{ shape: [3, 4], domain }],
  build: (g, [x]) => g.op('Pow', [x ?? null, g.constant('float64', [], [exponent])]),
});

export const elementwiseCases: readonly GradientCase[] = [
  ...binary('Add'),
  ...binary('Sub'),
  ...binary('Mul'),
  ...binary('Div', 'any', 'away from zero'),
  ...binary('Max'),
  ...binary('Min'),
  {
    name: 'a value used twice: x * x + x',
    operands: [{ shape: [3, 4] }],
    build: (g, [x]) => g.op('Add', [g.op('Mul', [x ?? null, x ?? null]), x ?? null]),
  },
  {
    name: 'Sum of three shapes',
    operands: [{ shape: [2, 3] }, { shape: [3] }, { shape: [2, 1] }],
    build: (g, values) => g.op('Sum', values),
  },
  {
    name: 'Max of three',
    operands: [{ shape: [2, 3] }, { shape: [2, 3] }, { shape: [3] }],
    build: (g, values) => g.op('Max', values),
  },
  unary('Abs', 'away from zero'),
  unary('Neg'),
  unary('Sqrt', 'positive'),
  unary('Exp'),
  unary('Log', 'positive'),
  unary('Reciprocal', 'away from zero'),
  unary('Sin'),
  unary('Cos'),
  unary('Identity'),
  unary('Cast', 'any', { to: int(elementTypes.float64.code) }),
  power(0, 'away from zero'),
  power(1, 'any'),
  power(2, 'any'),
  power(3, 'any'),
  power(0.5, 'positive'),
  power(-1.5, 'positive'),
  {
    name: 'Pow with exponents that broadcast',
    operands: [{ shape: [2, 3], domain: 'positive' }],
    build: (g, [x]) => g.op('Pow', [x ?? null, g.constant('float64', [3], [2, 0.5, -1])]),
  },
  {
    name: 'Pow with a whole-number exponent',
    operands: [{ shape: [2, 3] }],
    build: (g, [x]) => g.op('Pow', [x ?? null, g.constant('int64', [], [3])]),
  },
  {
    name: 'Clip on both sides',
    operands: [{ shape: [4, 5], domain: 'away from zero' }],
    build: (g, [x]) =>
      g.op('Clip', [x ?? null, g.scalar(-0.2, { type: 'float64' }), g.scalar(1, { type: 'float64' })]),
  },
  {
    name: 'Clip from below',
    operands: [{ shape: [4, 5], domain: 'away from zero' }],
    build: (g, [x]) => g.op('Clip', [x ?? null, g.scalar(0, { type: 'float64' })]),
  },
  {
    name: 'Where with everything broadcast',
    operands: [{ shape: [3, 1] }, { shape: [4] }],
    build: (g, [a, b]) => {
      const condition = g.constant('bool', [2, 1, 4], [1, 0, 0, 1, 0, 1, 1, 1]);
      return g.op('Where', [condition, a ?? null, b ?? null]);
    },
  },
  {
    name: 'Dropout outside of training',
    operands: [{ shape: [3, 4] }],
    build: (g, [x]) => g.op('Dropout', [x ?? null]),
  },
  unary('Tanh'),
  unary('Sigmoid'),
  unary('Relu', 'away from zero'),
  unary('Softplus'),
  unary('Erf'),
  unary('Gelu', 'any', { approximate: string('none') }),
  unary('Gelu', 'any', { approximate: string('tanh') }),
  unary('Gelu', 'any', {}, contribDomain),
  unary('FastGelu', 'any', {}, contribDomain),
  unary('QuickGelu', 'any', { alpha: float(1.5) }, contribDomain),
  unary('Softmax', 'any', { axis: int(-1) }),
  unary('Softmax', 'any', { axis: int(1) }),
  unary('Softmax', 'any', { axis: int(0) }),
  unary('LogSoftmax', 'any', { axis: int(-1) }),
  unary('LogSoftmax', 'any', { axis: int(0) }),
];
