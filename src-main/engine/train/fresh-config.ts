import type { Recipe } from '../../contract/recipe.ts';

/** The description of an encoder of random weights in a recipe. */
export type FreshEncoder = Extract<Recipe['encoder'], { kind: 'fresh' }>;

/** What the vocabulary and the rows ask for. */
export interface FreshSizes {
  readonly vocabulary: number;
  /** The longest padded row. */
  readonly positions: number;
  readonly paddingToken: number;
}

const electraEmbedding = 128;
const debertaBuckets = 32;

/** The config.json of an encoder of random weights, in the words of Hugging Face. */
export function freshConfig(encoder: FreshEncoder, sizes: FreshSizes): Record<string, unknown> {
  const { family, layers, hidden, heads, intermediate } = encoder;
  const common = {
    model_type: family,
    vocab_size: sizes.vocabulary,
    hidden_size: hidden,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    intermediate_size: intermediate ?? 4 * hidden,
    hidden_act: 'gelu',
    max_position_embeddings: sizes.positions,
    pad_token_id: sizes.paddingToken,
    initializer_range: 0.02,
  };
  switch (family) {
    case 'bert':
      return { ...common, type_vocab_size: 2 };
    case 'electra':
      return { ...common, type_vocab_size: 2, embedding_size: Math.min(electraEmbedding, hidden) };
    case 'deberta-v2':
      // As DeBERTa-v3 is published: relative positions only, in buckets, through the projections of the tokens.
      return {
        ...common,
        type_vocab_size: 0,
        position_biased_input: false,
        relative_attention: true,
        max_relative_positions: -1,
        position_buckets: debertaBuckets,
        pos_att_type: ['p2c', 'c2p'],
        share_att_key: true,
        norm_rel_ebd: 'layer_norm',
        layer_norm_eps: 1e-7,
      };
  }
}
