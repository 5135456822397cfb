import { describe, expect, it } from 'vitest';
import { int, ints } from '../../../../src-main/engine/graph/attribute.ts';
import { GraphBuilder } from '../../../../src-main/engine/graph/builder.ts';
import { elementTypes } from '../../../../src-main/engine/graph/element-type.ts';
import { eliminateCommonNodes } from '../../../../src-main/engine/graph/passes/eliminate-common-nodes.ts';
import { eliminateDeadCode } from '../../../../src-main/engine/graph/passes/eliminate-dead-code.ts';
import { eliminateIdentity } from '../../../../src-main/engine/graph/passes/eliminate-identity.ts';
import { exposeNormalizationStatistics } from '../../../../src-main/engine/graph/passes/expose-normalization-statistics.ts';
import { foldConstants } from '../../../../src-main/engine/graph/passes/fold-constants.ts';
import { initialisersToInputs } from '../../../../src-main/engine/graph/passes/initialisers-to-inputs.ts';
import { tensorFrom } from '../../../../src-main/engine/graph/tensor.ts';

describe('eliminateIdentity', () => {
  it('removes Identity, casts to the same type, dropout outside of training and orders that change nothing', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', ['n', 4]);
    const same = g.op(
      'Transpose',
      [g.op('Cast', [g.op('Identity', [x])], { to: int(elementTypes.float32.code) })],
      {
        perm: ints([0, 1]),
      },
    );
    const y = g.op('Neg', [g.op('Dropout', [same])]);
    const { graph, modified } = eliminateIdentity.call(g.finish('g', [{ name: 'y', value: y }]));
    expect(modified).toBe(true);
    expect(graph.nodes.map(({ op, inputs }) => [op, inputs])).toEqual([['Neg', [x]]]);
  });

  it('keeps casts that change the type and orders that move axes', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'int64', ['n', 4]);
    const y = g.op('Transpose', [g.op('Cast', [x], { to: int(elementTypes.float32.code) })], {
      perm: ints([1, 0]),
    });
    expect(eliminateIdentity.call(g.finish('g', [{ name: 'y', value: y }])).modified).toBe(false);
  });
});

describe('foldConstants', () => {
  it('replaces shape arithmetic by numbers where they are known, and leaves symbols', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', ['n', 4]);
    const size = (axis: number) => g.op('Gather', [g.op('Shape', [x]), g.ints([axis])]);
    const shape = g.op('Concat', [size(0), g.op('Div', [size(1), g.ints([2])]), g.ints([2])], {
      axis: int(0),
    });
    const graph = g.finish('g', [{ name: 'y', value: g.op('Reshape', [x, shape]) }]);
    const folded = eliminateDeadCode.call(foldConstants.call(graph).graph).graph;
    expect(folded.nodes.map(({ op }) => op)).toEqual(['Shape', 'Gather', 'Concat', 'Reshape']);
    expect(folded.nodes.at(-1)?.outputs[0]?.shape).toEqual(['n', 2, 2]);
  });
});

describe('eliminateDeadCode', () => {
  it('keeps what reaches an output, and the inputs as they are', () => {
    const g = new GraphBuilder();
    const [x, unused] = [g.input('x', 'float32', [2]), g.input('unused', 'float32', [2])];
    g.op('Exp', [g.op('Neg', [unused])]);
    const y = g.op('Tanh', [x]);
    const { graph } = eliminateDeadCode.call(g.finish('g', [{ name: 'y', value: y }]));
    expect(graph.nodes).toEqual([y.node]);
    expect(graph.inputs).toEqual([x, unused]);
  });
});

describe('eliminateCommonNodes', () => {
  it('lets equal nodes be one, also behind equal constants', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', ['n', 4]);
    const part = () => {
      const index = g.initialiser(null, tensorFrom('int64', [], [0]));
      return g.op('Unsqueeze', [g.op('Gather', [g.op('Shape', [x]), index]), g.ints([0])]);
    };
    const y = g.op('Concat', [part(), part(), g.op('Shape', [x], { start: int(1) })], { axis: int(0) });
    const { graph } = eliminateCommonNodes.call(g.finish('g', [{ name: 'y', value: y }]));
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Shape', 'Gather', 'Unsqueeze', 'Shape', 'Concat']);
    const [first, second] = graph.nodes.at(-1)?.inputs ?? [];
    expect(first).toBe(second);
  });

  it('takes sizes of one symbol for the same, wherever they are read', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', ['n', 4]);
    const y = g.op('Expand', [g.op('Reshape', [x, g.op('Shape', [x])]), g.op('Shape', [g.op('Neg', [x])])]);
    const result = eliminateCommonNodes.call(g.finish('g', [{ name: 'y', value: y }])).graph;
    expect(result.nodes.filter(({ op }) => op === 'Shape')).toHaveLength(1);
  });

  it('keeps uses of parameters of equal value apart', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', ['n', 2]);
    const add = (name: string) => g.op('Add', [x, g.initialiser(name, tensorFrom('float32', [2], [0, 0]))]);
    const graph = g.finish('g', [{ name: 'y', value: g.op('Mul', [add('first'), add('second')]) }]);
    expect(eliminateCommonNodes.call(graph).modified).toBe(false);
  });
});

describe('exposeNormalizationStatistics', () => {
  it('gives LayerNormalization three outputs, once', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', ['n', 4]);
    const scale = g.input('scale', 'float32', [4]);
    const graph = g.finish('g', [{ name: 'y', value: g.op('LayerNormalization', [x, scale]) }]);
    const first = exposeNormalizationStatistics.call(graph);
    expect(first.graph.nodes[0]?.outputs.map(({ shape }) => shape)).toEqual([['n', 4], ['n', 1], ['n', 1]]); // prettier-ignore
    expect(exposeNormalizationStatistics.call(first.graph).modified).toBe(false);
  });
});

describe('initialisersToInputs', () => {
  it('feeds what is chosen under the name that it had, and keeps the rest', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', ['n', 2]);
    const weight = g.initialiser('weight', tensorFrom('float32', [2, 2], [1, 2, 3, 4]));
    const y = g.op('Mul', [g.op('MatMul', [x, weight]), g.scalar(2, x)]);
    const fed = initialisersToInputs(
      g.finish('g', [{ name: 'y', value: y }]),
      ({ name }) => name === 'weight',
    );
    expect(fed.graph.inputs.map(({ name }) => name)).toEqual(['x', 'weight']);
    expect(fed.parameters.map(({ stored }) => stored)).toEqual([weight]);
    expect(fed.graph.nodes[0]?.inputs[1]).toBe(fed.parameters[0]?.input);
  });
});
