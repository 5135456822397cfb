import type { z } from 'zod';
import { activations, positive, rate, size, word, type Activation } from './fields.ts';

/** What every encoder has. */
export interface TransformerConfig {
  readonly vocabulary: number;
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  readonly intermediate: number;
  readonly activation: Activation;
  readonly hiddenDropout: number;
  readonly attentionDropout: number;
  readonly positions: number;
  readonly tokenTypes: number;
  /** The standard deviation of fresh weights. */
  readonly initialDeviation: number;
  readonly normEpsilon: number;
  readonly paddingToken: number;
  readonly embedding: number;
}

/** The fields of config.json behind {@link TransformerConfig}; the defaults are those of Hugging Face. */
export const transformerFields = {
  vocab_size: size(10_000_000),
  hidden_size: size(65_536),
  num_hidden_layers: size(512),
  num_attention_heads: size(4096),
  intermediate_size: size(1_000_000),
  hidden_act: word(activations).default('gelu'),
  hidden_dropout_prob: rate().default(0.1),
  attention_probs_dropout_prob: rate().default(0.1),
  max_position_embeddings: size(1_000_000).default(512),
  initializer_range: positive().default(0.02),
  layer_norm_eps: positive().default(1e-12),
};

/** The fields as the builders read them. */
export function transformerConfig(
  fields: z.output<z.ZodObject<typeof transformerFields>>,
  more: Pick<TransformerConfig, 'tokenTypes' | 'paddingToken' | 'embedding'>,
): TransformerConfig {
  return {
    vocabulary: fields.vocab_size,
    hidden: fields.hidden_size,
    layers: fields.num_hidden_layers,
    heads: fields.num_attention_heads,
    intermediate: fields.intermediate_size,
    activation: fields.hidden_act,
    hiddenDropout: fields.hidden_dropout_prob,
    attentionDropout: fields.attention_probs_dropout_prob,
    positions: fields.max_position_embeddings,
    initialDeviation: fields.initializer_range,
    normEpsilon: fields.layer_norm_eps,
    ...more,
  };
}
