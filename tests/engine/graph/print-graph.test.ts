import { expect, it } from 'vitest';
import { int } from '../../../src-main/engine/graph/attribute.ts';
import { GraphBuilder } from '../../../src-main/engine/graph/builder.ts';
import { printGraph } from '../../../src-main/engine/graph/print-graph.ts';

it('printGraph shows inputs, stored values, nodes with types and shapes, and outputs', () => {
  const g = new GraphBuilder();
  const x = g.input('x', 'float32', ['batch', 8]);
  const y = g.op('Softmax', [g.op('Mul', [x, g.scalar(0.5, x)])], { axis: int(-1) }, { name: 'attention' });
  expect(printGraph(g.finish('example', [{ name: 'y', value: y }]))).toBe(
    [
      'graph example',
      'input x: float32 [batch, 8]',
      'stored constant: float32 [] = 0.5',
      'Mul: float32 [batch, 8] = Mul(x, constant)',
      'y: float32 [batch, 8] = Softmax(Mul, axis=-1)',
      'output y = y',
    ].join('\n'),
  );
});
