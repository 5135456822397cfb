import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WordPiece } from '../../../src-main/engine/text/word-piece.ts';
import { dataDir } from '../../support/data-dir.ts';
import { tinyTokenizer } from './tiny-vocabulary.ts';

const json = tinyTokenizer();
const ours = new WordPiece(json);
const theirs = new Tokenizer(json, {});
const idsOf = (tokenizer: Tokenizer, text: string) =>
  tokenizer.encode(text, { add_special_tokens: false }).ids;

describe('our WordPiece gives the pieces that transformers.js gives', () => {
  it.each([
    'abatement of pollution',
    'HEAT-pump (A47B 1/00), 50% polyethylenes',
    'façade Ångström naïve über Łódź ß',
    'e\u0301 combining, \u0301 alone, ﬁ ligature',
    '漢字かな交じり 한국어 漢 字',
    'fire🔥works 👩‍🔬 ok',
    'tabs\tand\nlines\u00a0and\u3000wide\u200bzero\ufeff',
    'nul\0 and \ufffd replacement',
    `${'a'.repeat(99)} ${'b'.repeat(100)} ${'c'.repeat(101)}`,
    `${'🔥'.repeat(60)} ${'é'.repeat(100)}`,
    '“quoted” ‘single’ — dash … 1,000.5 x² ½ ㎏ №',
    'İstanbul ſtraße ǅ ϒ Σας',
    '𠀀 plane two, 𝒜 math, \u{1F1E9}\u{1F1EA} flag',
    '###heat ##ing [UNK] [PAD]',
    'lone \ud800 surrogate \udc00',
    '',
    '   ',
  ])('for %j', (text) => {
    expect(ours.encode(text)).toEqual(idsOf(theirs, text));
  });

  it('for any text of letters, marks and signs from everywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(ours.encode(text)).toEqual(idsOf(theirs, text));
      }),
      { numRuns: 500 },
    );
  });

  it('for any text over its own alphabet', () => {
    const piece = fc.constantFrom(
      'heat',
      'Pump',
      'ing',
      's',
      ' ',
      '-',
      'é',
      'Ö',
      '漢',
      '🔥',
      '\t',
      '.',
      '##',
      'a47',
      '\u0301',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('');
        expect(ours.encode(text)).toEqual(idsOf(theirs, text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe.skipIf(dataDir === null)('on public phrases (needs PRIORPHRASE_DATA)', () => {
  it('a real vocabulary gives the same pieces', async () => {
    const list = await readFile(join(dataDir as string, 'tokenizers/bert-base-uncased/vocab.txt'), 'utf8');
    const vocab = Object.fromEntries(
      list
        .trimEnd()
        .split('\n')
        .map((piece, id) => [piece, id]),
    );
    const plain = { ...json, model: { ...json.model, vocab } };
    const [mine, reference] = [new WordPiece(plain), new Tokenizer(plain, {})];
    const csv = await readFile(join(dataDir as string, 'phrases/validation.csv'), 'utf8');
    for (const line of csv.split('\n')) expect(mine.encode(line)).toEqual(idsOf(reference, line));
  });
});
