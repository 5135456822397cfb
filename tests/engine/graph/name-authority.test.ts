import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../src-main/engine/graph/builder.ts';
import { nameGraph } from '../../../src-main/engine/graph/name-authority.ts';
import { tensorFrom } from '../../../src-main/engine/graph/tensor.ts';

describe('nameGraph', () => {
  it('keeps the names of inputs and outputs and numbers wishes that are taken', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', [2]);
    const weight = g.initialiser('x', tensorFrom('float32', [2], [1, 2]));
    const first = g.op('Add', [x, weight], {}, { name: 'layer', outputs: ['y'] });
    const second = g.op('Add', [first, weight], {}, { name: 'layer', outputs: ['y'] });
    const names = nameGraph(g.finish('g', [{ name: 'y', value: second }]));
    expect([x, weight, first, second].map((value) => names.values.get(value))).toEqual([
      'x',
      'x_2',
      'y_2',
      'y',
    ]);
    expect(g.nodes.map((node) => names.nodes.get(node))).toEqual(['layer', 'layer_2']);
  });

  it('gives names to what wishes for none', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', [2]);
    const sum = g.op('Add', [x, g.scalar(1, x)]);
    const names = nameGraph(g.finish('g', [{ name: 'z', value: g.op('Neg', [sum]) }]));
    expect(new Set(names.values.values())).toEqual(new Set(['x', 'constant', 'Add', 'z']));
  });
});
