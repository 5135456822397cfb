import { describe, expect, it } from 'vitest';
import { maskShape } from '../../../src-main/engine/architectures/dropout-mask.ts';

describe('the shape of a mask', () => {
  it('has the sizes of the batch in place of the symbols', () => {
    const mask = { name: 'm', shape: [2, 'batch', 'tokens', 'tokens'], rate: 0.1 };
    expect(maskShape(mask, { batch: 3, tokens: 5 })).toEqual([2, 3, 5, 5]);
  });

  it('can’t be told where another symbol is in it', () => {
    expect(() => maskShape({ name: 'm', shape: ['x'], rate: 0.1 }, { batch: 3, tokens: 5 })).toThrow(
      'The mask m has the size x',
    );
  });
});
