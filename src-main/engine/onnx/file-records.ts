import type { Attribute } from '../graph/attribute.ts';
import type { ElementType } from '../graph/element-type.ts';
import type { Tensor } from '../graph/tensor.ts';

/** Where the bytes of a tensor lie when they are not in the model file itself. */
export interface ExternalPlace {
  readonly location: string;
  readonly offset: number;
  /** Null where the file does not say: then it follows from type and shape. */
  readonly length: number | null;
}

/** A tensor as a file has it: with its bytes, or with the place of them. */
export type TensorRecord =
  | { readonly kind: 'stored'; readonly name: string; readonly tensor: Tensor }
  | {
      readonly kind: 'external';
      readonly name: string;
      readonly type: ElementType;
      readonly shape: readonly number[];
      readonly byteLength: number;
      readonly place: ExternalPlace;
    };

/** An attribute as a file has it; a sub-graph is kept as bytes until it is known that it is needed. */
export type AttributeRecord = Attribute | { readonly kind: 'graph'; readonly bytes: Uint8Array };

/** A node as a file has it: values by name, an empty name for none. */
export interface NodeRecord {
  readonly op: string;
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, AttributeRecord>;
}

/** An input or output as a file has it; outputs may lack type and shape. */
export interface ValueRecord {
  readonly name: string;
  readonly type: ElementType | null;
  readonly shape: readonly (number | string)[] | null;
}

/** A graph as a file has it. */
export interface GraphRecord {
  readonly name: string;
  readonly nodes: readonly NodeRecord[];
  readonly initialisers: readonly TensorRecord[];
  readonly inputs: readonly ValueRecord[];
  readonly outputs: readonly ValueRecord[];
}

/** A model as a file has it. */
export interface ModelRecord {
  readonly graph: GraphRecord;
  readonly operatorSets: ReadonlyMap<string, number>;
  readonly producer: string;
}
