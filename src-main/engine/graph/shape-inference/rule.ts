import type { ElementType } from '../element-type.ts';
import { failAt } from '../fail.ts';
import type { Node } from '../node.ts';
import { printShape, type Shape } from '../shape.ts';
import type { Contents, Value } from '../value.ts';

/** A node that is about to be made: all but its outputs, of which there is only the number. */
export interface NodeRequest extends Omit<Node, 'outputs'> {
  readonly outputCount: number;
}

/** What is known of an output before the graph runs. */
export interface OutputFacts {
  readonly type: ElementType;
  readonly shape: Shape | null;
  readonly contents?: Contents | null;
}

/** Gives a symbol that no other axis has. */
export type FreshSymbol = () => string;

/** Types and shapes of a node's outputs from its inputs; throws where the node can't be valid. */
export type ShapeRule = (node: NodeRequest, fresh: FreshSymbol) => readonly OutputFacts[];

/** A required input. */
export function inputAt(node: NodeRequest, index: number): Value {
  const input = node.inputs[index];
  if (!input)
    failAt(node, `input ${index} is missing. The file is damaged or was written by a faulty exporter.`);
  return input;
}

/** An input that may be left out. */
export function optionalInput(node: Pick<Node, 'inputs'>, index: number): Value | null {
  return node.inputs[index] ?? null;
}

/** The elements of a whole-number input, where all are known numbers. */
export function knownInts(value: Value | null): readonly number[] | null {
  const contents = value?.contents ?? null;
  return contents?.every((item) => typeof item === 'number') === true
    ? (contents as readonly number[])
    : null;
}

/** An axis counted from the front; refuses one that lies outside of the rank. */
export function axisOf(node: NodeRequest, axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || at < 0 || at >= rank) {
    failAt(node, `axis ${axis} lies outside of a tensor with ${rank} axes.`);
  }
  return at;
}

/** Axes counted from the front, in ascending order. */
export function axesOf(node: NodeRequest, axes: readonly number[], rank: number): readonly number[] {
  return [...new Set(axes.map((axis) => axisOf(node, axis, rank)))].sort((a, b) => a - b);
}

/** Refuses inputs of different element types. */
export function requireSameType(node: NodeRequest, values: readonly Value[]): ElementType {
  const [first] = values;
  if (!first) failAt(node, 'at least one input was expected; found none.');
  for (const value of values) {
    if (value.type !== first.type) {
      failAt(node, `all inputs must have one element type; found ${first.type} and ${value.type}.`);
    }
  }
  return first.type;
}

/** Refuses an input of another element type. */
export function requireType(node: NodeRequest, value: Value, types: readonly ElementType[]): void {
  if (!types.includes(value.type)) failAt(node, `expected ${types.join(' or ')}; found ${value.type}.`);
}

/** Refuses an input whose rank is known and another one. */
export function requireRank(node: NodeRequest, shape: Shape, ranks: readonly number[]): void {
  if (!ranks.includes(shape.length)) {
    failAt(node, `expected a tensor of ${ranks.join(' or ')} axes; found shape ${printShape(shape)}.`);
  }
}

/** A shape of a known rank in which no size is known. */
export function unknownShape(rank: number, fresh: FreshSymbol): Shape {
  return Array.from({ length: rank }, fresh);
}
