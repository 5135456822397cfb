import type { Dimension } from './dimension.ts';
import type { ElementType } from './element-type.ts';
import type { Node } from './node.ts';
import type { Shape } from './shape.ts';
import type { Tensor } from './tensor.ts';

/**
 * The elements of a small tensor as far as they are known when the graph is built, row-major: numbers (booleans as 0 and 1),
 * or the symbol of an axis's size. This is how a shape that is computed in the graph becomes the shape of another value.
 */
export type Contents = readonly Dimension[];

/** What every value has: a name as a wish (names are made unique when a graph is written), a type and what is known of its shape. */
export interface ValueFacts {
  readonly name: string | null;
  readonly type: ElementType;
  /** Null where not even the rank is known. */
  readonly shape: Shape | null;
  readonly contents: Contents | null;
}

/** A value that is fed when the graph runs. */
export interface InputValue extends ValueFacts {
  readonly kind: 'input';
  readonly name: string;
}

/** A value stored with the graph. */
export interface InitialiserValue extends ValueFacts {
  readonly kind: 'initialiser';
  readonly tensor: Tensor;
}

/** One output of a node. */
export interface NodeOutput extends ValueFacts {
  readonly kind: 'node-output';
  readonly node: Node;
  readonly index: number;
}

/** An edge of the graph. */
export type Value = InputValue | InitialiserValue | NodeOutput;
