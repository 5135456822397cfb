/** The sizes of an encoder and its batches. */
export interface BenchShape {
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  readonly vocabulary: number;
  readonly rows: number;
  readonly tokens: number;
}

/** What both sides of the comparison train. */
export interface BenchTask extends BenchShape {
  readonly threads: number;
  readonly ids: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

/** The shape as the config.json of a BERT. */
export function bertConfig({ layers, hidden, heads, vocabulary }: BenchShape): Record<string, unknown> {
  return {
    model_type: 'bert',
    vocab_size: vocabulary,
    hidden_size: hidden,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    intermediate_size: 4 * hidden,
    max_position_embeddings: 512,
    type_vocab_size: 2,
  };
}
