import type { Tensor } from './tensor.ts';

/** The value of a node's attribute; whole numbers and floats are told apart by name, not by value. */
export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'tensor'; readonly value: Tensor }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] };

/** A node's attributes by name. */
export type Attributes = ReadonlyMap<string, Attribute>;

/** Attributes as an object literal: what builders take. */
export type AttributeRecord = Readonly<Record<string, Attribute>>;

/** A whole-number attribute. */
export const int = (value: number): Attribute => ({ kind: 'int', value });

/** A float attribute (32 bits in a file). */
export const float = (value: number): Attribute => ({ kind: 'float', value });

/** A text attribute. */
export const string = (value: string): Attribute => ({ kind: 'string', value });

/** A list of whole numbers. */
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });
