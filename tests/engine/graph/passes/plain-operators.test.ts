import { describe, expect, it } from 'vitest';
import { float, int } from '../../../../src-main/engine/graph/attribute.ts';
import { GraphBuilder } from '../../../../src-main/engine/graph/builder.ts';
import { contribDomain, type Graph } from '../../../../src-main/engine/graph/graph.ts';
import { plainOperators } from '../../../../src-main/engine/graph/passes/plain-operators.ts';
import { numbersOf, tensorFrom } from '../../../../src-main/engine/graph/tensor.ts';
import { losses } from '../../../../src-main/engine/training/losses/loss-table.ts';
import { graphFor } from '../../../../src-main/engine/training/session/graph-for-device.ts';
import { buildTrainingGraph } from '../../../../src-main/engine/training/session/training-graph.ts';
import { runGraph } from '../../../support/run-graph.ts';
import { seededNormal } from '../../../support/seeded-normal.ts';
import { tinyEncoder } from '../../training/tiny-encoder.ts';

const operators = (graph: Graph): string[] => graph.nodes.map(({ op }) => op);

async function outputOf(
  graph: Graph,
  shapes: Readonly<Record<string, readonly number[]>>,
): Promise<number[]> {
  const normal = seededNormal(7);
  const feeds = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const count = shape.reduce((product, size) => product * size, 1);
      return [
        name,
        tensorFrom(
          'float32',
          shape,
          Array.from({ length: count }, () => normal()),
        ),
      ];
    }),
  );
  const { y } = await runGraph(graph, feeds);
  if (!y) throw new Error('The graph has no y.');
  return [...numbersOf(y)];
}

describe('plain operators', () => {
  it.each([
    [0, 0, 1, [2, 4], [4, 5]],
    [1, 0, 0.5, [3, 4, 2], [3, 4, 5]],
    [0, 1, 2, [3, 2, 4], [5, 4]],
    [1, 1, -1, [4, 2], [3, 5, 4]],
  ] as const)(
    'give what FusedMatMul does: transA %i, transB %i, alpha %f',
    async (transA, transB, alpha, a, b) => {
      const g = new GraphBuilder({ contrib: true });
      const attributes = { transA: int(transA), transB: int(transB), alpha: float(alpha) };
      const inputs = [g.input('a', 'float32', a), g.input('b', 'float32', b)];
      const product = g.op('FusedMatMul', inputs, attributes, { domain: contribDomain });
      const fused = g.finish('product', [{ name: 'y', value: product }]);
      const { graph, modified } = plainOperators.call(fused);
      expect(modified).toBe(true);
      expect(operators(graph)).not.toContain('FusedMatMul');
      const [before, after] = [await outputOf(fused, { a, b }), await outputOf(graph, { a, b })];
      expect(after).toHaveLength(before.length);
      for (const [at, value] of after.entries()) expect(value).toBeCloseTo(before[at] ?? NaN, 5);
    },
  );

  it('add two at a time where Sum adds many, and leave a sum of one alone', async () => {
    const g = new GraphBuilder();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => g.input(name, 'float32', [2, 3]));
    const sum = g.op('Sum', [a!, g.op('Sum', [b!]), c!, a!]);
    const graph = g.finish('sum', [{ name: 'y', value: sum }]);
    const plain = plainOperators.call(graph).graph;
    expect(operators(plain)).toEqual(['Add', 'Add', 'Add']);
    const shapes = { a: [2, 3], b: [2, 3], c: [2, 3] };
    const [before, after] = [await outputOf(graph, shapes), await outputOf(plain, shapes)];
    for (const [at, value] of after.entries()) expect(value).toBeCloseTo(before[at] ?? NaN, 6);
  });

  it('are what a whole training graph is written in on webgpu, and on no other device', () => {
    const model = tinyEncoder();
    const trained = new Set(model.parameters.map(({ name }) => name));
    const { graph } = buildTrainingGraph({ model: model.training, loss: losses['bce-with-logits'], trained });
    expect(operators(graph)).toEqual(expect.arrayContaining(['FusedMatMul', 'Sum']));
    const onGpu = operators(graphFor('webgpu', graph));
    expect(onGpu.filter((op) => op === 'FusedMatMul' || op === 'Sum')).toEqual([]);
    expect(onGpu).toEqual(expect.arrayContaining(['MatMul', 'Transpose', 'Add']));
    for (const provider of [undefined, 'cpu', 'cuda']) expect(graphFor(provider, graph)).toBe(graph);
  });
});
