import { describe, expect, it } from 'vitest';
import {
  addDimensions,
  divideDimensions,
  multiplyDimensions,
} from '../../../src-main/engine/graph/dimension.ts';

describe('sizes with symbols', () => {
  it.each([
    [2, 3, 6],
    ['batch', 1, 'batch'],
    ['batch', 4, '4*batch'],
    ['sequence', 'batch', 'batch*sequence'],
    ['4*batch', '2*sequence', '8*batch*sequence'],
    ['batch', 0, 0],
  ] as const)('multiply: %s times %s is %s', (a, b, product) => {
    expect(multiplyDimensions(a, b)).toBe(product);
  });

  it.each([
    [6, 3, 2],
    ['4*batch', 4, 'batch'],
    ['8*batch*sequence', '2*sequence', '4*batch'],
    ['batch', 'batch', 1],
    [6, 4, null],
    ['batch', 2, null],
    ['batch', 'sequence', null],
    ['batch', 0, null],
  ] as const)('divide where that is exact: %s by %s is %s', (a, b, quotient) => {
    expect(divideDimensions(a, b)).toBe(quotient);
  });

  it.each([
    [2, 3, 1, 5],
    [2, 3, -1, -1],
    ['n', 0, 1, 'n'],
    [0, 'n', 1, 'n'],
    ['n', 'n', -1, 0],
    ['n', 1, 1, '(n+1)'],
    ['n', 'm', -1, '(n-m)'],
  ] as const)('add: %s and %s with sign %s is %s', (a, b, sign, sum) => {
    expect(addDimensions(a, b, sign)).toBe(sum);
  });

  it('keep a sum whole when they multiply and divide', () => {
    expect(multiplyDimensions('(n+1)', 2)).toBe('2*(n+1)');
    expect(divideDimensions('(n+1)', 'n')).toBeNull();
  });

  it('give up on names that grow without bound', () => {
    expect(multiplyDimensions('a'.repeat(60), 'b'.repeat(60))).toBeNull();
    expect(addDimensions('a'.repeat(60), 'b'.repeat(60), 1)).toBeNull();
  });
});
