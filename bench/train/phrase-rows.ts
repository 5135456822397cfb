import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { builtinTitles } from '../../src-main/cpc/builtin-titles.ts';
import { contextText } from '../../src-main/cpc/context-text.ts';
import { encodeInput } from '../../src-main/engine/text/input-form.ts';
import { WordPiece } from '../../src-main/engine/text/word-piece.ts';

/** Rows of the public data as token ids of BERT's uncased vocabulary, with labels, spread over the file; null where it is not there. */
export async function phraseRows(count: number): Promise<{ ids: number[][]; labels: number[] } | null> {
  const data = process.env['PRIORPHRASE_DATA'];
  if (data === undefined) return null;
  const lines = (await readFile(join(data, 'phrases/train.csv'), 'utf8')).trim().split('\n').slice(1);
  const context = await contextTexts();
  const step = lines.length / count;
  const tokeniser = await bertTokeniser(join(data, 'tokenizers/bert-base-uncased/vocab.txt'));
  const encode = (text: string): readonly number[] => tokeniser.encode(text);
  const framing = { start: [101], between: [102], end: [102], padding: 0 };
  const [ids, labels]: [number[][], number[]] = [[], []];
  for (let i = 0; i < count; i++) {
    // The public file quotes nothing.
    const [anchor = '', target = '', , score, symbol = ''] = (lines[Math.floor(i * step)] ?? '').split(',');
    const row = { anchor, target, contextText: context(symbol.trim()) };
    ids.push([...encodeInput('anchor-target-context', row, { encode, framing, maxLength: 128 })]);
    labels.push(Number(score));
  }
  return { ids, labels };
}

async function contextTexts(): Promise<(symbol: string) => string> {
  const titles = await builtinTitles(resolve(import.meta.dirname, '../../resources'));
  const bySymbol = new Map(titles.map(({ symbol, title }) => [symbol, title]));
  return (symbol) => contextText(bySymbol.get(symbol[0] ?? '') ?? '', bySymbol.get(symbol) ?? null);
}

async function bertTokeniser(path: string): Promise<WordPiece> {
  const pieces = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return new WordPiece({
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    added_tokens: [],
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
    },
  });
}
