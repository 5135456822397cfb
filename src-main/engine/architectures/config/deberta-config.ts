import { z } from 'zod';
import { configError } from './config-error.ts';
import { activations, flag, positive, size, whole, word, type Activation } from './fields.ts';
import { transformerConfig, transformerFields, type TransformerConfig } from './transformer-config.ts';

/** The kinds of relative attention: from a token to positions, and from positions to a token. */
export type PositionAttention = 'c2p' | 'p2c';

/** How DeBERTa sees distances between tokens. */
export interface RelativeAttention {
  readonly kinds: ReadonlySet<PositionAttention>;
  /** Half the number of rows in the table of distances. */
  readonly span: number;
  /** The number of buckets for a sign of the distance; null where every distance has its own row. */
  readonly buckets: number | null;
  /** The distance from which on all share the last bucket. */
  readonly furthest: number;
  /** Whether the rows are normalised before use. */
  readonly normalised: boolean;
  /** Whether positions go through the projections of the tokens. */
  readonly sharedKeys: boolean;
}

/** A convolution over neighbouring tokens beside the first layer. */
export interface ConvolutionConfig {
  readonly kernel: number;
  readonly groups: number;
  readonly activation: Activation;
}

/** DeBERTa-v2 or v3. */
export interface DebertaConfig extends TransformerConfig {
  readonly family: 'deberta-v2';
  readonly absolutePositions: boolean;
  readonly relative: RelativeAttention | null;
  readonly convolution: ConvolutionConfig | null;
}

const positionAttention = z.union([z.string(), z.array(z.string())], {
  error: 'a list of c2p and p2c, or a text such as p2c|c2p',
});

/** The fields of config.json. */
export const debertaFields = z.object({
  ...transformerFields,
  layer_norm_eps: positive().default(1e-7),
  type_vocab_size: z.int({ error: 'a whole number of 0 or more' }).min(0).max(1000).default(0),
  pad_token_id: whole().nullish(),
  embedding_size: size(65_536).optional(),
  attention_head_size: size(65_536).optional(),
  relative_attention: flag().default(false),
  max_relative_positions: whole().default(-1),
  position_buckets: whole().default(-1),
  position_biased_input: flag().default(true),
  pos_att_type: positionAttention.nullish(),
  share_att_key: flag().default(false),
  norm_rel_ebd: z.string({ error: 'none or layer_norm' }).default('none'),
  conv_kernel_size: z.int({ error: 'a whole number of 0 or more' }).min(0).max(999).default(0),
  conv_groups: size(65_536).default(1),
  conv_act: word(activations).default('tanh'),
});

type Fields = z.output<typeof debertaFields>;

/** Checks what belongs together, and gives the configuration. */
export function debertaConfig(fields: Fields): DebertaConfig {
  const headSize = fields.hidden_size / fields.num_attention_heads;
  if (fields.attention_head_size !== undefined && fields.attention_head_size !== headSize) {
    throw configError(
      'attention_head_size',
      fields.attention_head_size,
      `hidden_size / num_attention_heads (${headSize})`,
    );
  }
  const paddingToken = fields.pad_token_id ?? 0;
  if (paddingToken < 0 || paddingToken >= fields.vocab_size) {
    throw configError('pad_token_id', paddingToken, `a token below vocab_size (${fields.vocab_size})`);
  }
  return {
    family: 'deberta-v2',
    ...transformerConfig(fields, {
      paddingToken,
      tokenTypes: fields.type_vocab_size,
      embedding: fields.embedding_size ?? fields.hidden_size,
    }),
    absolutePositions: fields.position_biased_input,
    relative: relativeAttention(fields),
    convolution: convolution(fields),
  };
}

function relativeAttention(fields: Fields): RelativeAttention | null {
  const kinds = kindsOf(fields.pos_att_type ?? []);
  if (!fields.relative_attention) {
    if (kinds.size === 0) return null;
    throw configError('pos_att_type', fields.pos_att_type, 'none, as relative_attention is false');
  }
  const furthest =
    fields.max_relative_positions < 1 ? fields.max_position_embeddings : fields.max_relative_positions;
  const buckets = fields.position_buckets < 1 ? null : fields.position_buckets;
  if (buckets !== null) {
    const expected = 'an even number of 4 or more, below twice the largest distance';
    const wrong = buckets < 4 || buckets % 2 !== 0 || furthest - 1 <= buckets / 2;
    if (wrong) throw configError('position_buckets', buckets, `${expected} (${furthest})`);
  }
  const norms = fields.norm_rel_ebd
    .toLowerCase()
    .split('|')
    .map((each) => each.trim());
  if (norms.some((each) => each !== 'none' && each !== 'layer_norm')) {
    throw configError('norm_rel_ebd', fields.norm_rel_ebd, 'none or layer_norm');
  }
  return {
    kinds,
    span: buckets ?? furthest,
    buckets,
    furthest,
    normalised: norms.includes('layer_norm'),
    sharedKeys: fields.share_att_key,
  };
}

function kindsOf(setting: string | readonly string[]): ReadonlySet<PositionAttention> {
  const words = typeof setting === 'string' ? setting.toLowerCase().split('|') : setting;
  const kinds = new Set<PositionAttention>();
  for (const each of words.map((part) => part.trim())) {
    if (each === 'c2p' || each === 'p2c') kinds.add(each);
    else if (each !== '') throw configError('pos_att_type', setting, 'c2p and p2c only');
  }
  return kinds;
}

function convolution(fields: Fields): ConvolutionConfig | null {
  const { conv_kernel_size: kernel, conv_groups: groups, conv_act: activation, hidden_size: hidden } = fields;
  if (kernel === 0) return null;
  if (kernel % 2 === 0) {
    throw configError('conv_kernel_size', kernel, 'an odd number, which keeps the number of tokens, or 0');
  }
  if (hidden % groups !== 0) throw configError('conv_groups', groups, `a divisor of hidden_size (${hidden})`);
  return { kernel, groups, activation };
}
