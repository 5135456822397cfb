import type { Pass } from './pass.ts';
import { rewrite } from './rewrite.ts';

/**
 * Gives every LayerNormalization its outputs for mean and inverse standard deviation, which the gradient reads. ONNX Runtime
 * computes them anyway; the writer leaves out the ones that nobody reads.
 */
export const exposeNormalizationStatistics: Pass = {
  name: 'expose normalization statistics',
  requires: 'nothing',
  ensures: 'every LayerNormalization has three outputs',
  call: (graph) =>
    rewrite(graph, (node, { g, of }) => {
      if (node.op !== 'LayerNormalization' || node.domain !== '' || node.outputs.length === 3) return null;
      const inputs = node.inputs.map((input) => (input === null ? null : of(input)));
      const outputs = [node.outputs[0]?.name ?? null, null, null];
      const { name, attributes } = node;
      return g.node(node.op, inputs, attributes, { name, outputs }).outputs.slice(0, node.outputs.length);
    }),
};
