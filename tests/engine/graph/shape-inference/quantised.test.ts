import { describe, expect, it } from 'vitest';
import { int } from '../../../../src-main/engine/graph/attribute.ts';
import { GraphBuilder } from '../../../../src-main/engine/graph/builder.ts';
import { contribDomain } from '../../../../src-main/engine/graph/graph.ts';
import type { Shape } from '../../../../src-main/engine/graph/shape.ts';

const product = (a: Shape, b: Shape) => {
  const g = new GraphBuilder();
  const one = g.constant('float32', [], [1]);
  const inputs = [g.input('a', 'uint8', a), g.input('b', 'int8', b), one, one];
  return g.op('MatMulIntegerToFloat', inputs, {}, { domain: contribDomain });
};

describe('whole numbers', () => {
  it('have the shape of the floats, and the type of the zero point or the one stated', () => {
    const g = new GraphBuilder();
    const [x, one] = [g.input('x', 'float32', ['batch', 8]), g.constant('float32', [], [1])];
    const { shape, type } = g.op('QuantizeLinear', [x, one, g.constant('int8', [], [0])]);
    expect([shape, type]).toEqual([['batch', 8], 'int8']);
    expect(g.op('QuantizeLinear', [x, one], { output_dtype: int(3) }).type).toBe('int8');
    expect(g.op('QuantizeLinear', [x, one]).type).toBe('uint8');
  });

  it('multiplied by a matrix of them are floats again', () => {
    const { shape, type } = product(['batch', 'tokens', 8], [8, 5]);
    expect([shape, type]).toEqual([['batch', 'tokens', 5], 'float32']);
  });

  it('that fit no matrix are refused', () => {
    expect(() => product(['n', 7], [8, 5])).toThrow(/shapes \[n, 7\] and \[8, 5\] can't be multiplied/);
    expect(() => product(['n', 8], [2, 8, 5])).toThrow(/can't be multiplied/);
  });
});
