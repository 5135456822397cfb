import {
  elementTypes as graphElementTypes,
  type ElementType as GraphElementType,
} from '../graph/element-type.ts';

/** One of the element types that can be written. */
export type ElementType = GraphElementType;

/** The element types of tensors, with their numbers in ONNX's TensorProto.DataType. */
export const elementTypes: Readonly<Record<ElementType, number>> = Object.fromEntries(
  Object.entries(graphElementTypes).map(([name, { code }]) => [name, code]),
) as Record<ElementType, number>;

/** Where the bytes of a tensor lie in a file beside the model. */
export interface ExternalPlace {
  readonly location: string;
  readonly offset: number;
}

/** Numbers with a shape; the data lies row-major in little-endian order, in a typed array or as plain bytes of any type. */
export interface Tensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: ArrayBufferView;
  /** Only the place is written to the model; whoever writes the files puts the data there. */
  readonly external?: ExternalPlace;
}

/** The value of a node's attribute; `int` and `ints` are told from `float` and `floats` by name, not by value. */
export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'tensor'; readonly value: Tensor }
  | { readonly kind: 'ints'; readonly value: ArrayLike<number> }
  | { readonly kind: 'floats'; readonly value: ArrayLike<number> }
  | { readonly kind: 'strings'; readonly value: readonly string[] };

/** One operation; an empty input name leaves an optional input out. */
export interface OnnxNode {
  readonly operator: string;
  /** Empty or absent: the standard operators; `ai.onnx.ml`: classic machine learning. */
  readonly domain?: string;
  readonly name?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** An input or output of the graph; a dimension is a size or the name of an unknown size. */
export interface ValueInfo {
  readonly name: string;
  readonly type: ElementType;
  /** Null where not even the number of axes is known. */
  readonly shape: readonly (number | string)[] | null;
}

/** A graph whose nodes are in an order in which they can run. */
export interface OnnxGraph {
  readonly name: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: Readonly<Record<string, Tensor>>;
  readonly nodes: readonly OnnxNode[];
}

/** A model file. */
export interface OnnxModel {
  readonly graph: OnnxGraph;
  /** The version of each operator set in use; the key of the standard one is the empty string. */
  readonly operatorSets: Readonly<Record<string, number>>;
  readonly producer?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}
