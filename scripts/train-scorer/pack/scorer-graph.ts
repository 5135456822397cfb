import type { OnnxModel } from '../../../src-main/engine/onnx/model.ts';
import type { TreeEnsemble } from '../boost/tree.ts';
import type { Network } from '../network/network.ts';
import { networkNodes } from './network-graph.ts';
import { treeNode } from './tree-graph.ts';

/** Trees and networks, each already holding its share of the sum, or the share that the networks get. */
export interface Blend {
  readonly ensemble: TreeEnsemble;
  readonly networks: readonly Network[];
  readonly networkShare: number;
}

/** The model of the pack: features [rows, features] -> raw [rows, 1] = trees + share * mean of the networks. */
export function scorerModel({ ensemble, networks, networkShare }: Blend): OnnxModel {
  const { nodes, initializers } = networkNodes(networks, networkShare, 'network_output');
  return {
    operatorSets: { '': 21, 'ai.onnx.ml': 3 },
    graph: {
      name: 'feature-trees',
      inputs: [{ name: 'features', type: 'float32', shape: ['rows', ensemble.features] }],
      outputs: [{ name: 'raw', type: 'float32', shape: ['rows', 1] }],
      initializers,
      nodes: [
        treeNode(ensemble, 'tree_output'),
        ...nodes,
        { operator: 'Add', inputs: ['tree_output', 'network_output'], outputs: ['raw'] },
      ],
    },
  };
}
