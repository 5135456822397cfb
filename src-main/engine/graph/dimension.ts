/**
 * The size of an axis: a number, or a symbol. Two axes with one symbol have one size; with two symbols, nothing is known.
 * A symbol may be a product, such as `4*batch*sequence`.
 */
export type Dimension = number | string;

interface Product {
  readonly factor: number;
  readonly symbols: readonly string[];
}

const longestSymbol = 80;
const productSymbol = /^[\w.?]+(\*[\w.?]+)*$/;

/** The product of two sizes; null where its text would be too long to be useful. */
export function multiplyDimensions(a: Dimension, b: Dimension): Dimension | null {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  const left = parse(a);
  const right = parse(b);
  return print({ factor: left.factor * right.factor, symbols: [...left.symbols, ...right.symbols] });
}

/** The quotient of two sizes where it is exact; null where that can't be told. */
export function divideDimensions(a: Dimension, b: Dimension): Dimension | null {
  const left = parse(a);
  const right = parse(b);
  const rest = [...left.symbols];
  for (const symbol of right.symbols) {
    const at = rest.indexOf(symbol);
    if (at < 0) return null;
    rest.splice(at, 1);
  }
  if (right.factor === 0 || left.factor % right.factor !== 0) return null;
  return print({ factor: left.factor / right.factor, symbols: rest });
}

/** The sum (or difference) of two sizes: a number, or a symbol that stands for just this sum; null where that is too long. */
export function addDimensions(a: Dimension, b: Dimension, sign: 1 | -1): Dimension | null {
  if (typeof a === 'number' && typeof b === 'number') return a + sign * b;
  if (b === 0) return a;
  if (a === 0 && sign === 1) return b;
  if (a === b && sign === -1) return 0;
  const text = sign === 1 ? `(${a}+${b})` : `(${a}-${b})`;
  return text.length > longestSymbol ? null : text;
}

function parse(dimension: Dimension): Product {
  if (typeof dimension === 'number') return { factor: dimension, symbols: [] };
  if (!productSymbol.test(dimension)) return { factor: 1, symbols: [dimension] };
  let factor = 1;
  const symbols: string[] = [];
  for (const part of dimension.split('*')) {
    if (/^\d+$/.test(part)) factor *= Number(part);
    else symbols.push(part);
  }
  return { factor, symbols };
}

function print({ factor, symbols }: Product): Dimension | null {
  if (symbols.length === 0 || factor === 0) return factor;
  const text = [...(factor === 1 ? [] : [String(factor)]), ...symbols.toSorted()].join('*');
  return text.length > longestSymbol ? null : text;
}
