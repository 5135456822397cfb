import type { EncoderConfig } from './config/read-config.ts';

/** How Hugging Face's names for a family's tensors differ from the builders'. */
export interface FamilyNaming {
  readonly prefixes: readonly string[];
  /** Tensors (without prefix) that the encoder has no use for: heads of pre-training, poolers, tables of numbers from 0 on. */
  readonly ignored: readonly RegExp[];
}

const everywhere = [/^embeddings\.position_ids$/, /^pooler\./, /^classifier\./];

/** The naming of each family. */
export const namingOf: Readonly<Record<EncoderConfig['family'], FamilyNaming>> = {
  bert: { prefixes: ['bert.'], ignored: [...everywhere, /^cls\./] },
  electra: {
    prefixes: ['electra.'],
    ignored: [...everywhere, /^discriminator_predictions\./, /^generator_(predictions|lm_head)\./],
  },
  roberta: { prefixes: ['roberta.'], ignored: [...everywhere, /^lm_head\./] },
  'deberta-v2': {
    prefixes: ['deberta.'],
    // The positions of DeBERTa's decoder for masked tokens are kept beside its embeddings, though the encoder has none.
    ignored: [
      ...everywhere,
      /^(cls|lm_predictions|mask_predictions)\./,
      /^embeddings\.position_embeddings\./,
    ],
  },
};
