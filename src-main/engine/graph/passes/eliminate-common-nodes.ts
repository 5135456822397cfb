import type { Attribute } from '../attribute.ts';
import type { Node } from '../node.ts';
import { operatorKey } from '../shape-inference/shape-rules.ts';
import type { Value } from '../value.ts';
import type { Pass } from './pass.ts';
import { rewrite } from './rewrite.ts';

/**
 * Lets nodes that do the same to the same values be one. Exports repeat shape arithmetic in every layer, and gradients repeat it
 * again. Values count as the same also where their elements are known to be equal (numbers, or sizes of one symbol); floats with axes
 * do not, as they may be parameters.
 */
export const eliminateCommonNodes: Pass = {
  name: 'eliminate common nodes',
  requires: 'nothing',
  ensures: 'no two nodes compute the same',
  call: (graph) => {
    const numbers = new Map<unknown, number>();
    const numberOf = (value: Value): number => {
      const key = contentsKey(value) ?? value;
      const known = numbers.get(key) ?? numbers.size;
      numbers.set(key, known);
      return known;
    };
    const seen = new Map<string, readonly Value[]>();
    return rewrite(graph, (node, { of }) => {
      const [output] = node.outputs;
      const known = output && node.outputs.length === 1 ? contentsKey(output) : null;
      const key = known ?? nodeKey(node, (value) => numberOf(of(value)));
      if (key === null) return null;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, node.outputs);
      return first?.map(of) ?? null;
    });
  },
};

function nodeKey(node: Node, numberOf: (value: Value) => number): string | null {
  // Dropout draws numbers of its own.
  if (node.op === 'Dropout') return null;
  const inputs = node.inputs.map((input) => (input === null ? '-' : numberOf(input)));
  const attributes = [...node.attributes].map(([name, value]) => `${name}=${attributeKey(value)}`).sort();
  return [operatorKey(node), node.outputs.length, inputs.join(), ...attributes].join(' ');
}

function attributeKey(attribute: Attribute): string {
  if (attribute.kind !== 'tensor') return `${attribute.kind} ${JSON.stringify(attribute.value)}`;
  const { type, shape, bytes } = attribute.value;
  return `${type} [${shape.join()}] ${bytes.join()}`;
}

function contentsKey({ type, shape, contents }: Value): string | null {
  return contents === null || shape === null ? null : `known ${type} [${shape.join()}] ${contents.join()}`;
}
