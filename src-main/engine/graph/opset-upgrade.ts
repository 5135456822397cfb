import { int, type Attributes } from './attribute.ts';
import type { GraphBuilder } from './builder.ts';
import { workingOpset } from './graph.ts';
import type { Value } from './value.ts';

/** A node as a file has it: its operator's version is that of the file. */
export interface VersionedNode {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly (Value | null)[];
  readonly attributes: Attributes;
  readonly outputCount: number;
}

/** The oldest version of the standard operators that can be read. */
export const oldestOpset = 13;

const reductions = new Set([
  'ReduceL1',
  'ReduceL2',
  'ReduceLogSum',
  'ReduceLogSumExp',
  'ReduceMax',
  'ReduceMean',
  'ReduceMin',
  'ReduceProd',
  'ReduceSumSquare',
]);

/**
 * Rewrites a node of an older version as one of the working version.
 *
 * 1. Before 18, reductions other than ReduceSum have their axes as an attribute; since then as an input.
 * 2. Before 18, a Split into even parts says nothing; since then it gives the number of parts.
 *
 * All other operators of encoders mean the same from 13 to 21: later versions add element types and optional attributes.
 */
export function upgradeNode(g: GraphBuilder, node: VersionedNode, opset: number): VersionedNode {
  if (opset >= 18 || opset === workingOpset || node.domain !== '') return node;
  const axes = node.attributes.get('axes');
  if (reductions.has(node.op) && axes?.kind === 'ints') {
    const attributes = new Map(node.attributes);
    attributes.delete('axes');
    return { ...node, inputs: [node.inputs[0] ?? null, g.ints(axes.value)], attributes };
  }
  if (node.op === 'Split' && (node.inputs[1] ?? null) === null) {
    return { ...node, attributes: new Map(node.attributes).set('num_outputs', int(node.outputCount)) };
  }
  return node;
}
