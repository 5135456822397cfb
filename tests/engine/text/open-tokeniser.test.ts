import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { openTokeniser } from '../../../src-main/engine/text/open-tokeniser.ts';
import { loadPack } from '../../../src-main/packs/load-pack.ts';
import { makeFolder, makePack } from '../../packs/make-pack.ts';
import { tinyTokenizer } from './tiny-vocabulary.ts';

async function open(files: Record<string, string>) {
  return openTokeniser(await loadPack(await makePack(await makeFolder(), undefined, files)));
}

const text = 'Heat-pumps of the POLYETHYLENE';

describe('the tokeniser of a pack', () => {
  it('gives the pieces of a plain WordPiece', async () => {
    const json = tinyTokenizer();
    const tokeniser = await open({ 'tokenizer.json': JSON.stringify(json) });
    expect(tokeniser.encode(text)).toEqual(new Tokenizer(json, {}).encode(text).ids);
  });

  it('gives the pieces of a cased WordPiece, which is not our own, without special tokens', async () => {
    const cased = {
      ...tinyTokenizer(),
      normalizer: null,
      post_processor: {
        type: 'TemplateProcessing',
        single: [{ SpecialToken: { id: '[PAD]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
        pair: [],
        special_tokens: { '[PAD]': { id: '[PAD]', ids: [0], tokens: ['[PAD]'] } },
      },
    };
    const tokeniser = await open({ 'tokenizer.json': JSON.stringify(cased), 'tokenizer_config.json': '{}' });
    const expected = new Tokenizer(cased, {}).encode(text, { add_special_tokens: false }).ids;
    expect(tokeniser.encode(text)).toEqual(expected);
    expect(tokeniser.encode('Heat heat')[0]).toBe(1);
  });

  it('gives the unknown piece for a text of which nothing is left, and nothing for no text', async () => {
    const tokeniser = await open({ 'tokenizer.json': JSON.stringify(tinyTokenizer()) });
    expect([tokeniser.encode('\u0301'), tokeniser.encode(' '), tokeniser.encode('')]).toEqual([[1], [1], []]);
  });

  it.each([
    ['is no JSON', '{'],
    [
      'is of a type nobody knows',
      JSON.stringify({ ...tinyTokenizer(), model: { type: 'Oracle', vocab: {} } }),
    ],
    ['has no model', '{}'],
  ])('is refused where tokenizer.json %s', async (_, content) => {
    await expect(open({ 'tokenizer.json': content })).rejects.toMatchObject({
      code: 'pack-invalid',
      details: { file: 'tokenizer.json' },
    });
  });
});
