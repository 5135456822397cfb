import { isFloat } from '../../graph/element-type.ts';
import { failAt } from '../../graph/fail.ts';
import { scalarOf } from '../../graph/match.ts';
import { cast, choose, divide, multiply, negate, scale, shift } from '../../graph/operators.ts';
import { zerosLike } from '../extent.ts';
import { x, y, type GradientEntry, type GradientRule } from '../rule.ts';

// y = x^e: dx = e x^(e-1) dy. With e = 0 that would be 0 times infinity at x = 0; e = 2 needs no power.
const power: GradientRule = (g, dy, node) => {
  const [base, exponent] = [x(node), x(node, 1)];
  const known = scalarOf(exponent);
  if (known === 0) return [zerosLike(g, dy), null];
  if (known === 1) return [dy, null];
  if (known === 2) return [multiply(g, scale(g, base, 2), dy), null];
  const e = cast(g, exponent, base.type);
  return [multiply(g, multiply(g, e, g.op('Pow', [base, shift(g, e, -1)])), dy), null];
};

// Bounds belong to the range. Choosing, unlike multiplying by a mask, does not turn infinity into NaN.
const clip: GradientRule = (g, dy, node) => {
  const value = x(node);
  const zero = g.scalar(0, dy);
  let dx = dy;
  const [, low, high] = node.inputs;
  if (low) dx = choose(g, g.op('GreaterOrEqual', [value, low]), dx, zero);
  if (high) dx = choose(g, g.op('LessOrEqual', [value, high]), dx, zero);
  return [dx, null, null];
};

// Inputs that reach the extreme together share the gradient evenly, as in PyTorch.
const extreme: GradientRule = (g, dy, node) => {
  const hits = node.inputs.map((_, index) => cast(g, g.op('Equal', [x(node, index), y(node)]), dy.type));
  const count = hits.length === 1 ? null : g.op('Sum', hits);
  const share = count === null ? dy : divide(g, dy, count);
  return hits.map((hit) => multiply(g, hit, share));
};

const dropout: GradientRule = (_g, dy, node) => {
  if ((node.inputs[2] ?? null) !== null && scalarOf(node.inputs[2]) !== 0) {
    failAt(node, 'dropout in training mode has no gradient here. Multiply by a mask that is fed instead.');
  }
  return [dy, null, null];
};

const castBack: GradientRule = (g, dy, node) => [isFloat(x(node).type) ? cast(g, dy, x(node).type) : null];

/** Gradients of operators that work element by element; `dy` stands for dL/dy. */
export const elementwiseRules: Readonly<Record<string, GradientEntry>> = {
  // y = a + b: da = dy, db = dy
  Add: (_g, dy) => [dy, dy],
  // y = a - b: da = dy, db = -dy
  Sub: (g, dy) => [dy, negate(g, dy)],
  // y = a b: da = dy b, db = dy a
  Mul: (g, dy, node) => [multiply(g, dy, x(node, 1)), multiply(g, dy, x(node, 0))],
  // y = a / b: da = dy / b, db = -dy y / b (not -dy a / b^2: b^2 may overflow)
  Div: (g, dy, node) => {
    const da = divide(g, dy, x(node, 1));
    return [da, negate(g, multiply(g, da, y(node)))];
  },
  Pow: power,
  // y = sum of inputs: each dy
  Sum: (_g, dy, node) => node.inputs.map(() => dy),
  Max: extreme,
  Min: extreme,

  // y = -x: dx = -dy
  Neg: (g, dy) => [negate(g, dy)],
  // y = |x|: dx = dy sign(x); 0 at 0
  Abs: (g, dy, node) => [multiply(g, dy, g.op('Sign', [x(node)]))],
  // y = sqrt(x): dx = dy / (2 y)
  Sqrt: (g, dy, node) => [divide(g, dy, scale(g, y(node), 2))],
  // y = exp(x): dx = dy y
  Exp: (g, dy, node) => [multiply(g, dy, y(node))],
  // y = ln(x): dx = dy / x
  Log: (g, dy, node) => [divide(g, dy, x(node))],
  // y = 1 / x: dx = -dy y^2
  Reciprocal: (g, dy, node) => [negate(g, multiply(g, dy, multiply(g, y(node), y(node))))],
  // y = sin(x): dx = dy cos(x)
  Sin: (g, dy, node) => [multiply(g, dy, g.op('Cos', [x(node)]))],
  // y = cos(x): dx = -dy sin(x)
  Cos: (g, dy, node) => [negate(g, multiply(g, dy, g.op('Sin', [x(node)])))],
  Clip: clip,

  // y = c ? a : b: da = c ? dy : 0, db = c ? 0 : dy
  Where: (g, dy, node) => {
    const zero = g.scalar(0, dy);
    return [null, choose(g, x(node), dy, zero), choose(g, x(node), zero, dy)];
  },
  Cast: castBack,
  Dropout: dropout,
  Identity: (_g, dy) => [dy],
};
