/** The element types of tensors, with their numbers in ONNX's TensorProto.DataType. */
export const elementTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
} as const;

/** One of the element types that the writer knows. */
export type ElementType = keyof typeof elementTypes;

/** Numbers with a shape; the data lies row-major in little-endian order. */
export interface Tensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: Uint8Array | Int8Array | Int32Array | Float32Array | Float64Array | BigInt64Array;
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
  readonly shape: readonly (number | string)[];
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
