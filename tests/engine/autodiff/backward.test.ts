import { describe, expect, it } from 'vitest';
import { backward } from '../../../src-main/engine/autodiff/backward.ts';
import { differentiate } from '../../../src-main/engine/autodiff/differentiate.ts';
import { gradientRules } from '../../../src-main/engine/autodiff/gradient-rules.ts';
import { int } from '../../../src-main/engine/graph/attribute.ts';
import { GraphBuilder } from '../../../src-main/engine/graph/builder.ts';
import { multiply, sumOver } from '../../../src-main/engine/graph/operators.ts';
import { nameGraph } from '../../../src-main/engine/graph/name-authority.ts';
import { shapeRules } from '../../../src-main/engine/graph/shape-inference/shape-rules.ts';
import { numbersOf, tensorFrom, type Tensor } from '../../../src-main/engine/graph/tensor.ts';
import type { Value } from '../../../src-main/engine/graph/value.ts';
import { runGraph } from '../../support/run-graph.ts';

const total = (g: GraphBuilder, x: Value): Value =>
  sumOver(
    g,
    x,
    (x.shape ?? []).map((_, axis) => axis),
  );

describe('backward', () => {
  it('adds up the gradients of a value that is used several times', async () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', [3]);
    const loss = total(g, g.op('Sum', [x, multiply(g, x, x), g.op('Neg', [x])]));
    const gradient = backward(g, { sources: [{ value: loss }], parameters: [x] }).get(x)?.dense as Value;
    const feeds = { x: tensorFrom('float32', [3], [1, -2, 0.5]) };
    const { dx } = await runGraph(g.finish('g', [{ name: 'dx', value: gradient }]), feeds);
    expect(numbersOf(dx as Tensor)).toEqual([2, -4, 1]);
  });

  it('asks for no rule of a node that does not lie between a parameter and the loss', () => {
    const g = new GraphBuilder();
    const [x, other] = [g.input('x', 'float32', [3]), g.input('other', 'float32', [3])];
    const strange = g.op('Mod', [other, other]);
    const loss = total(g, g.op('Add', [x, strange]));
    expect(() => backward(g, { sources: [{ value: loss }], parameters: [x] })).not.toThrow();
    expect(gradientRules.has('Mod')).toBe(false);
    expect(shapeRules.has('Mod')).toBe(true);
  });

  it('names the operator and the node for which there is no rule', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', [3]);
    const strange = g.op('Mod', [x, g.scalar(2, x)], { fmod: int(1) }, { name: '/encoder/strange/Mod' });
    const run = (): unknown => backward(g, { sources: [{ value: total(g, strange) }], parameters: [x] });
    expect(run).toThrow('No gradient rule for Mod (node /encoder/strange/Mod)');
  });

  it('names the parameter that the loss does not depend on', () => {
    const g = new GraphBuilder();
    const [x, unused] = [g.input('x', 'float32', [3]), g.input('pooler.weight', 'float32', [3])];
    const run = (): unknown => backward(g, { sources: [{ value: total(g, x) }], parameters: [x, unused] });
    expect(run).toThrow(/pooler\.weight can't be trained: the loss does not depend on it/);
  });

  it('counts a parameter behind an operator that stops gradients as one that the loss does not depend on', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', [3]);
    const run = (): unknown =>
      backward(g, { sources: [{ value: total(g, g.op('Sign', [x])) }], parameters: [x] });
    expect(run).toThrow(/x can't be trained/);
  });

  it('refuses a loss that is not a single number', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', [3]);
    expect(() => backward(g, { sources: [{ value: x }], parameters: [x] })).toThrow(
      /must be a single number/,
    );
  });

  it('names new nodes after the node that they differentiate', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', [3]);
    const y = g.op('Tanh', [x], {}, { name: '/pooler/Tanh' });
    const loss = total(g, y);
    const before = g.nodes.length;
    const gradient = backward(g, { sources: [{ value: loss }], parameters: [x] }).get(x)?.dense as Value;
    const names = nameGraph(g.finish('g', [{ name: 'dx', value: gradient }])).nodes;
    const added = g.nodes.slice(before).map((node) => names.get(node));
    expect(added.filter((name) => name?.startsWith('/pooler/Tanh/grad/'))).toHaveLength(3);
  });

  it('drops the product for a weight that is frozen', () => {
    const build = (frozen: boolean): number => {
      const g = new GraphBuilder();
      const [a, b, w] = ['a', 'b', 'w'].map((name) => g.input(name, 'float32', [4, 4])) as [
        Value,
        Value,
        Value,
      ];
      const loss = total(g, g.op('MatMul', [g.op('MatMul', [a, w]), b]));
      const request = { sources: [{ value: loss }], parameters: frozen ? [a] : [a, w] };
      const { graph } = differentiate(g.finish('g', [{ name: 'loss', value: loss }]), request);
      return graph.nodes.filter(({ op }) => op === 'MatMul' || op === 'FusedMatMul').length;
    };
    expect(build(true)).toBe(build(false) - 1);
  });
});

describe('the gradient of a table as rows', () => {
  it('is the rows that were read, with their indices, for each place that reads them', async () => {
    const g = new GraphBuilder();
    const table = g.input('table', 'float32', [100, 2]);
    const ids = g.input('ids', 'int64', ['batch', 'sequence']);
    const weights = g.input('weights', 'float32', ['batch', 'sequence', 2]);
    const first = g.op('Gather', [table, ids]);
    const second = g.op('Gather', [table, g.ints([5])]);
    const loss = g.op('Add', [total(g, multiply(g, first, weights)), total(g, second)]);
    const forward = g.finish('g', [{ name: 'loss', value: loss }]);
    const asRows = new Set([table]);
    const { graph, gradients } = differentiate(forward, {
      sources: [{ value: loss }],
      parameters: [table],
      asRows,
    });
    expect(gradients[0]?.dense).toBeNull();
    const results = await runGraph(graph, {
      table: tensorFrom('float32', [100, 2], new Array<number>(200).fill(0)),
      ids: tensorFrom('int64', [1, 3], [7, 99, 7]),
      weights: tensorFrom('float32', [1, 3, 2], [1, 2, 3, 4, 5, 6]),
    });
    const rows = gradients[0]?.rows.map(({ indices, gradient }) => ({
      indices: numbersOf(results[indices] as Tensor),
      gradient: numbersOf(results[gradient] as Tensor),
    }));
    expect(rows).toContainEqual({ indices: [7, 99, 7], gradient: [1, 2, 3, 4, 5, 6] });
    expect(rows).toContainEqual({ indices: [5], gradient: [1, 1] });
  });

  it('comes with a tensor where the table is used in another way as well, as in a tied decoder', () => {
    const g = new GraphBuilder();
    const table = g.input('table', 'float32', [100, 2]);
    const hidden = g.op('Gather', [table, g.input('ids', 'int64', ['n'])]);
    const loss = total(g, g.op('MatMul', [hidden, g.op('Transpose', [table])]));
    const request = { sources: [{ value: loss }], parameters: [table], asRows: new Set([table]) };
    const { gradients } = differentiate(g.finish('g', [{ name: 'loss', value: loss }]), request);
    expect(gradients[0]?.dense).toBe('gradient of table');
    expect(gradients[0]?.rows).toHaveLength(1);
  });
});
