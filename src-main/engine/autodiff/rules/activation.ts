import type { GraphBuilder } from '../../graph/builder.ts';
import { floatAttribute, intAttribute, stringAttribute } from '../../graph/node.ts';
import { add, choose, multiply, scale, shift, subtract, sumKeep } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import { axisFromFront, rankOf, x, y, type GradientEntry, type GradientRule } from '../rule.ts';

const oneMinus = (g: GraphBuilder, value: Value): Value => subtract(g, g.scalar(1, value), value);

// y = x Phi(x), Phi(x) = (1 + erf(x / sqrt(2))) / 2: dx = dy (Phi(x) + x phi(x)), phi(x) = exp(-x^2 / 2) / sqrt(2 pi)
const exactGelu: GradientRule = (g, dy, node) => {
  const value = x(node);
  const cumulative = scale(g, shift(g, g.op('Erf', [scale(g, value, Math.SQRT1_2)]), 1), 0.5);
  const density = g.op('Exp', [scale(g, multiply(g, value, value), -0.5)]);
  const slope = add(g, cumulative, multiply(g, value, scale(g, density, 1 / Math.sqrt(2 * Math.PI))));
  return [multiply(g, dy, slope)];
};

// y = x (1 + t) / 2, t = tanh(k (x + c x^3)), k = sqrt(2 / pi), c = 0.044715:
// dx = dy (1 + t + x (1 - t^2) k (1 + 3 c x^2)) / 2
const tanhGelu: GradientRule = (g, dy, node) => {
  const k = Math.sqrt(2 / Math.PI);
  const c = 0.044715;
  const value = x(node);
  const square = multiply(g, value, value);
  const t = g.op('Tanh', [multiply(g, value, shift(g, scale(g, square, k * c), k))]);
  const inner = multiply(g, value, shift(g, scale(g, square, 3 * k * c), k));
  const slope = add(g, shift(g, t, 1), multiply(g, oneMinus(g, multiply(g, t, t)), inner));
  return [multiply(g, dy, scale(g, slope, 0.5))];
};

const gelu: GradientRule = (g, dy, node, dys) =>
  stringAttribute(node, 'approximate', 'none') === 'tanh'
    ? tanhGelu(g, dy, node, dys)
    : exactGelu(g, dy, node, dys);

// y = x s, s = sigmoid(a x): dx = dy (s + a y (1 - s))
const quickGelu: GradientRule = (g, dy, node) => {
  const a = floatAttribute(node, 'alpha', 1.702);
  const s = g.op('Sigmoid', [scale(g, x(node), a)]);
  return [multiply(g, dy, add(g, s, multiply(g, scale(g, y(node), a), oneMinus(g, s))))];
};

const softmaxAxis = (node: Parameters<GradientRule>[2]): number =>
  axisFromFront(intAttribute(node, 'axis', -1), rankOf(node, y(node)));

// y = softmax(x): dx = (dy - sum(dy y)) y
const softmax: GradientRule = (g, dy, node) => {
  const along = sumKeep(g, multiply(g, dy, y(node)), [softmaxAxis(node)]);
  return [multiply(g, subtract(g, dy, along), y(node))];
};

// y = ln softmax(x): dx = dy - exp(y) sum(dy)
const logSoftmax: GradientRule = (g, dy, node) => {
  const along = sumKeep(g, dy, [softmaxAxis(node)]);
  return [subtract(g, dy, multiply(g, g.op('Exp', [y(node)]), along))];
};

/** Gradients of activation functions; `dy` stands for dL/dy. */
export const activationRules: Readonly<Record<string, GradientEntry>> = {
  // y = erf(x): dx = dy 2 / sqrt(pi) exp(-x^2)
  Erf: (g, dy, node) => {
    const bell = g.op('Exp', [multiply(g, x(node), scale(g, x(node), -1))]);
    return [multiply(g, dy, scale(g, bell, 2 / Math.sqrt(Math.PI)))];
  },
  Gelu: gelu,
  'com.microsoft.Gelu': exactGelu,
  'com.microsoft.FastGelu': tanhGelu,
  'com.microsoft.QuickGelu': quickGelu,
  LogSoftmax: logSoftmax,
  // y = max(x, 0): dx = dy where x > 0
  Relu: (g, dy, node) => [choose(g, g.op('Greater', [x(node), g.scalar(0, dy)]), dy, g.scalar(0, dy))],
  // y = 1 / (1 + exp(-x)): dx = dy y (1 - y)
  Sigmoid: (g, dy, node) => [multiply(g, dy, multiply(g, y(node), oneMinus(g, y(node))))],
  Softmax: softmax,
  // y = ln(1 + exp(x)): dx = dy sigmoid(x)
  Softplus: (g, dy, node) => [multiply(g, dy, g.op('Sigmoid', [x(node)]))],
  // y = tanh(x): dx = dy (1 - y^2)
  Tanh: (g, dy, node) => [multiply(g, dy, oneMinus(g, multiply(g, y(node), y(node))))],
};
