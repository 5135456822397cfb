/** How a parameter begins when there are no stored weights. */
export type Initialisation =
  | { readonly rule: 'zeros' }
  | { readonly rule: 'ones' }
  /** Normally distributed around 0; the row of the padding token, where there is one, is zero. */
  | { readonly rule: 'normal'; readonly deviation: number; readonly zeroRow?: number };

/** What a parameter is, for optimisers: biases and scales are not decayed, gradients of tables may come as rows. */
export type ParameterKind = 'table' | 'matrix' | 'kernel' | 'bias' | 'scale';

/** A weight of a model: an input of its graph, of the same name. */
export interface Parameter {
  /** Hugging Face's name without the family's prefix, such as `encoder.layer.0.output.dense.weight`; `head.…` in a head. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly kind: ParameterKind;
  readonly initial: Initialisation;
  /** 0 for the embeddings, 1 for the first layer, and so on; one more than the layers for the head. */
  readonly depth: number;
}
