import type { Attributes } from './attribute.ts';
import type { NodeOutput, Value, ValueFacts } from './value.ts';

/** One operation. It owns its outputs, so each output has exactly one producer. */
export interface Node {
  readonly op: string;
  /** Empty for the standard operators, `com.microsoft` for ONNX Runtime's own. */
  readonly domain: string;
  /** A name as a wish: it is made unique when the graph is written. */
  readonly name: string | null;
  /** Null where an optional input is left out. */
  readonly inputs: readonly (Value | null)[];
  readonly attributes: Attributes;
  readonly outputs: readonly NodeOutput[];
}

/** A node together with its outputs, of which the facts are given. */
export function createNode(parts: Omit<Node, 'outputs'>, facts: readonly ValueFacts[]): Node {
  const outputs: NodeOutput[] = [];
  const node: Node = { ...parts, outputs };
  for (const [index, fact] of facts.entries()) outputs.push({ kind: 'node-output', node, index, ...fact });
  return node;
}

/** How messages speak of a node: its operator and, where it has one, its name. */
export function describeNode({ op, domain, name }: Pick<Node, 'op' | 'domain' | 'name'>): string {
  const operator = domain === '' ? op : `${domain}.${op}`;
  return name === null || name === '' ? operator : `${operator} (node ${name})`;
}

/** A whole-number attribute, or the default where it is absent. */
export function intAttribute(node: Pick<Node, 'attributes'>, name: string, missing: number): number {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'int' ? attribute.value : missing;
}

/** A float attribute, or the default where it is absent. */
export function floatAttribute(node: Pick<Node, 'attributes'>, name: string, missing: number): number {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'float' ? attribute.value : missing;
}

/** A text attribute, or the default where it is absent. */
export function stringAttribute(node: Pick<Node, 'attributes'>, name: string, missing: string): string {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'string' ? attribute.value : missing;
}

/** A list of whole numbers, or null where the attribute is absent. */
export function intsAttribute(node: Pick<Node, 'attributes'>, name: string): readonly number[] | null {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'ints' ? attribute.value : null;
}
