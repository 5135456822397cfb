import type { Attribute } from './attribute.ts';
import { initialisersOf, type Graph } from './graph.ts';
import { nameGraph } from './name-authority.ts';
import { operatorKey } from './shape-inference/shape-rules.ts';
import { printShape } from './shape.ts';
import type { Value } from './value.ts';

/** A graph as text, a line a value, for people to read and for tests to compare. */
export function printGraph(graph: Graph): string {
  const names = nameGraph(graph);
  const nameOf = (value: Value | null): string => (value === null ? '-' : (names.values.get(value) ?? '?'));
  const described = (value: Value): string => `${nameOf(value)}: ${value.type} ${printShape(value.shape)}`;
  const lines = [`graph ${graph.name}`];
  for (const value of graph.inputs) lines.push(`input ${described(value)}`);
  for (const value of initialisersOf(graph)) lines.push(`stored ${described(value)}${printContents(value)}`);
  for (const node of graph.nodes) {
    const attributes = [...node.attributes].map(([name, value]) => `${name}=${printAttribute(value)}`);
    lines.push(
      `${node.outputs.map(described).join(', ')} = ${operatorKey(node)}(${[...node.inputs.map(nameOf), ...attributes].join(', ')})`,
    );
  }
  for (const { name, value } of graph.outputs) lines.push(`output ${name} = ${nameOf(value)}`);
  return lines.join('\n');
}

function printContents({ contents }: Value): string {
  return contents === null || contents.length > 8 ? '' : ` = ${contents.join(' ')}`;
}

function printAttribute(attribute: Attribute): string {
  if (attribute.kind === 'tensor') return `${attribute.value.type} ${printShape(attribute.value.shape)}`;
  return JSON.stringify(attribute.value);
}
