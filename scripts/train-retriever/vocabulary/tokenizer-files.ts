import { paddingPiece, unknownPiece } from './choose-vocabulary.ts';

/** The contents of tokenizer.json for a list of pieces: an uncased BERT WordPiece without special tokens. */
export function tokenizerJson(pieces: readonly string[]): object {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: true,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: unknownPiece,
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 1000,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
    },
  };
}

/** The contents of tokenizer_config.json. */
export function tokenizerConfig(maxLength: number): object {
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    do_lower_case: true,
    model_max_length: maxLength,
    pad_token: paddingPiece,
    unk_token: unknownPiece,
  };
}
