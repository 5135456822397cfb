import { addDimensions, divideDimensions, multiplyDimensions, type Dimension } from '../dimension.ts';

type Unary = (x: Dimension) => Dimension | null;
type Binary = (a: Dimension, b: Dimension) => Dimension | null;

const onNumber =
  (compute: (x: number) => number): Unary =>
  (x) =>
    typeof x === 'number' ? compute(x) : null;

const onNumbers =
  (compute: (a: number, b: number) => number): Binary =>
  (a, b) =>
    typeof a === 'number' && typeof b === 'number' ? compute(a, b) : null;

// A symbol stands for a size, so it is never negative, unless it is a difference.
const isCount = (x: Dimension): boolean => typeof x === 'string' && !x.includes('-');

const equal: Binary = (a, b) => {
  if (a === b) return 1;
  if (typeof a === 'number' && typeof b === 'number') return 0;
  if ((isCount(a) && typeof b === 'number' && b < 0) || (isCount(b) && typeof a === 'number' && a < 0))
    return 0;
  return null;
};

const flip = (answer: Dimension | null): Dimension | null => (answer === null ? null : answer === 0 ? 1 : 0);

const less: Binary = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? 1 : 0;
  if (a === b) return 0;
  if (isCount(a) && typeof b === 'number' && b <= 0) return 0;
  return isCount(b) && typeof a === 'number' && a < 0 ? 1 : null;
};

/** What operators of one input make of a known element; null where the answer isn't known. */
export const knownUnary: Readonly<Record<string, Unary>> = {
  Abs: (x) => (isCount(x) ? x : onNumber(Math.abs)(x)),
  Cast: (x) => x,
  Ceil: onNumber(Math.ceil),
  Exp: onNumber(Math.exp),
  Floor: onNumber(Math.floor),
  Identity: (x) => x,
  Log: onNumber(Math.log),
  Neg: onNumber((x) => -x),
  Not: flip,
  Reciprocal: onNumber((x) => 1 / x),
  Sign: onNumber(Math.sign),
  Sqrt: onNumber(Math.sqrt),
  Tanh: onNumber(Math.tanh),
};

/** The same for operators of two inputs. Whole-number division is left to the caller to truncate. */
export const knownBinary: Readonly<Record<string, Binary>> = {
  Add: (a, b) => addDimensions(a, b, 1),
  And: onNumbers((a, b) => a * b),
  Div: (a, b) => (typeof a === 'number' && typeof b === 'number' ? a / b : divideDimensions(a, b)),
  Equal: equal,
  Greater: (a, b) => less(b, a),
  GreaterOrEqual: (a, b) => flip(less(a, b)),
  Less: less,
  LessOrEqual: (a, b) => flip(less(b, a)),
  Max: onNumbers(Math.max),
  Min: onNumbers(Math.min),
  Mul: multiplyDimensions,
  Or: onNumbers((a, b) => Math.max(a, b)),
  Pow: onNumbers((a, b) => a ** b),
  Sub: (a, b) => addDimensions(a, b, -1),
};
