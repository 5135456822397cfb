const characters = [...'abcdefghijklmnopqrstuvwxyz0123456789.,;:-()/%&+"\'`^|~€°µßøłあ漢字かな한🔥αβγд'];
const words = [
  'pollution',
  'abate',
  '##ment',
  'heat',
  'pump',
  '##ing',
  'a47',
  'poly',
  '##ethylene',
  '##s',
  'the',
  '漢字',
];

/** The contents of a tokenizer.json: an uncased BERT WordPiece of single characters and a few words. */
export function tinyTokenizer(): { model: Record<string, unknown> } & Record<string, unknown> {
  const pieces = ['[PAD]', '[UNK]', ...characters, ...characters.map((char) => `##${char}`), ...words];
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
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries([...new Set(pieces)].map((piece, id) => [piece, id])),
    },
  };
}
