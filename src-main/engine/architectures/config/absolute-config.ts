import { z } from 'zod';
import { configError } from './config-error.ts';
import { flag, size, whole } from './fields.ts';
import { transformerConfig, transformerFields, type TransformerConfig } from './transformer-config.ts';

/** BERT (and MiniLM), ELECTRA or RoBERTa: absolute positions, added to the tokens. */
export interface AbsoluteConfig extends TransformerConfig {
  readonly family: 'bert' | 'electra' | 'roberta';
}

const sharedFields = {
  ...transformerFields,
  position_embedding_type: z
    .literal('absolute', { error: 'absolute, the only kind this family has here' })
    .default('absolute'),
  is_decoder: flag().default(false),
  add_cross_attention: flag().default(false),
  pad_token_id: whole().nullish(),
};

/** The fields of config.json by family. */
export const absoluteFields = {
  bert: z.object({ ...sharedFields, type_vocab_size: size(1000).default(2) }),
  electra: z.object({
    ...sharedFields,
    type_vocab_size: size(1000).default(2),
    embedding_size: size(65_536).default(128),
  }),
  roberta: z.object({ ...sharedFields, type_vocab_size: size(1000).default(2) }),
};

type Fields = z.output<(typeof absoluteFields)['bert']> & { readonly embedding_size?: number };

/** Checks what belongs together, and gives the configuration. */
export function absoluteConfig(family: AbsoluteConfig['family'], fields: Fields): AbsoluteConfig {
  if (fields.is_decoder) throw configError('is_decoder', true, 'false: encoders only');
  if (fields.add_cross_attention) throw configError('add_cross_attention', true, 'false: encoders only');
  const paddingToken = fields.pad_token_id ?? (family === 'roberta' ? 1 : 0);
  if (paddingToken < 0 || paddingToken >= fields.vocab_size) {
    throw configError('pad_token_id', paddingToken, `a token below vocab_size (${fields.vocab_size})`);
  }
  if (family === 'roberta' && fields.max_position_embeddings < paddingToken + 2) {
    const least = paddingToken + 2;
    throw configError(
      'max_position_embeddings',
      fields.max_position_embeddings,
      `${least} or more, as RoBERTa's positions begin at pad_token_id + 1`,
    );
  }
  const tokenTypes = fields.type_vocab_size;
  const embedding = fields.embedding_size ?? fields.hidden_size;
  return { family, ...transformerConfig(fields, { paddingToken, tokenTypes, embedding }) };
}
