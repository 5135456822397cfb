import { contribDomain } from '../graph.ts';
import { floatAttribute, intAttribute, type Node } from '../node.ts';
import { add, scale, swapLast } from '../operators.ts';
import type { Value } from '../value.ts';
import type { Pass } from './pass.ts';
import { rewrite, type Rewriting } from './rewrite.ts';

/**
 * Writes products that transpose and scale as Transpose, MatMul and Mul, and sums of many as additions of two: for devices on which
 * ONNX Runtime has no FusedMatMul and no Sum, and would copy their operands to the processor and back.
 */
export const plainOperators: Pass = {
  name: 'plain operators',
  requires: 'nothing',
  ensures: 'no FusedMatMul of a known rank and no Sum',
  call: (graph) =>
    rewrite(graph, (node, rewriting) => {
      const value = sumOfTwos(node, rewriting) ?? plainProduct(node, rewriting);
      return value === null ? null : [value];
    }),
};

function sumOfTwos(node: Node, { g, of }: Rewriting): Value | null {
  if (node.op !== 'Sum' || node.domain !== '') return null;
  const [first, ...others] = node.inputs.flatMap((input) => (input === null ? [] : [of(input)]));
  return first ? others.reduce((sum, each) => add(g, sum, each), first) : null;
}

function plainProduct(node: Node, { g, of }: Rewriting): Value | null {
  if (node.op !== 'FusedMatMul' || node.domain !== contribDomain) return null;
  const [a, b] = node.inputs;
  const flag = (name: string): boolean => intAttribute(node, name, 0) !== 0;
  if (!a?.shape || !b?.shape || flag('transBatchA') || flag('transBatchB')) return null;
  const turned = (value: Value, turn: boolean): Value => (turn ? swapLast(g, of(value)) : of(value));
  const product = g.op('MatMul', [turned(a, flag('transA')), turned(b, flag('transB'))]);
  return scale(g, product, floatAttribute(node, 'alpha', 1));
}
