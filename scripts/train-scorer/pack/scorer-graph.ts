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
  /** Networks that tell targets worth a score from strange ones. */
  readonly gates: readonly Network[];
  /** The gate is open from this output on. */
  readonly gateOpen: number;
}

/** The model of the pack: features [rows, features] -> raw [rows, 1] = (trees + share * networks) * gate. */
export function scorerModel({ ensemble, networks, networkShare, gates, gateOpen }: Blend): OnnxModel {
  const { nodes, initializers } = networkNodes(networks, networkShare, 'network_output');
  const gate = networkNodes(gates, 1 / gateOpen, 'gate_output');
  const number = (value: number) => ({ type: 'float32', shape: [], data: Float32Array.of(value) }) as const;
  return {
    operatorSets: { '': 21, 'ai.onnx.ml': 3 },
    graph: {
      name: 'feature-trees',
      inputs: [{ name: 'features', type: 'float32', shape: ['rows', ensemble.features] }],
      outputs: [{ name: 'raw', type: 'float32', shape: ['rows', 1] }],
      initializers: { ...initializers, ...gate.initializers, gate_closed: number(0), gate_opened: number(1) },
      nodes: [
        treeNode(ensemble, 'tree_output'),
        ...nodes,
        ...gate.nodes,
        { operator: 'Add', inputs: ['tree_output', 'network_output'], outputs: ['blended'] },
        { operator: 'Clip', inputs: ['gate_output', 'gate_closed', 'gate_opened'], outputs: ['gate'] },
        { operator: 'Mul', inputs: ['blended', 'gate'], outputs: ['raw'] },
      ],
    },
  };
}
