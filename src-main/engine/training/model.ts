import type { Graph } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';

/** A weight of a model: an input of its graphs under this name. */
export interface ModelParameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** Biases and scales are not decayed. */
  readonly kind: 'table' | 'matrix' | 'kernel' | 'bias' | 'scale';
  /** 0 for the embeddings, 1 for the first layer, and so on; one more than the layers for the head. */
  readonly depth: number;
}

/** A dropout mask of a model: an input of its training graph, filled anew for every run. */
export interface ModelMask {
  readonly name: string;
  /** Numbers, and the symbols `batch` and `tokens`. */
  readonly shape: Shape;
  /** The share that is dropped. */
  readonly rate: number;
}

/**
 * A model that can be trained. Its graphs take `input_ids` and `attention_mask` [batch, tokens] (int64), where they have it
 * `token_type_ids`, and every parameter; they give `logits` [batch] or [batch, 1].
 */
export interface TrainableModel {
  /** With dropout. */
  readonly training: Graph;
  /** The same parameters without dropout. */
  readonly inference: Graph;
  readonly parameters: readonly ModelParameter[];
  readonly masks: readonly ModelMask[];
  /** How many layers the encoder has. */
  readonly layers: number;
  /** Writes the weights that training starts from into the caller's memory. */
  readonly load: (viewOf: (parameter: ModelParameter) => Float32Array) => Promise<void>;
}
