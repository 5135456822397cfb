import { describe, expect, it } from 'vitest';
import { framingOf, openFraming } from '../../../src-main/engine/text/framing.ts';
import { frameTokens } from '../../../src-main/engine/text/input-form.ts';
import { openTokeniser } from '../../../src-main/engine/text/open-tokeniser.ts';
import { loadPack } from '../../../src-main/packs/load-pack.ts';
import { makeFolder, makePack } from '../../packs/make-pack.ts';
import { expectedOf, scorerNames, tokeniserFiles } from '../scoring/encoder/scorer-fixture.ts';

const packOf = async (files: Readonly<Record<string, string | Uint8Array>>) =>
  loadPack(await makePack(await makeFolder(), undefined, files));

describe.each(scorerNames)('the tokens around texts of a %s', (name) => {
  it('are those that Hugging Face puts around two texts', async () => {
    const pack = await packOf(tokeniserFiles(name));
    const [tokeniser, framing] = [await openTokeniser(pack), await openFraming(pack)];
    for (const { texts, ids } of expectedOf(name).pairs) {
      const parts = texts.map((text) => tokeniser.encode(text));
      expect([...frameTokens(parts, { framing, maxLength: 512, firstCut: 1 })], texts.join()).toEqual(ids);
    }
    expect(framing.padding).toBe(name === 'roberta' ? 1 : 0);
  });

  it('are the same from the names in its configuration, where tokenizer.json does not say', async () => {
    const { 'tokenizer.json': json, ...others } = tokeniserFiles(name);
    const bare = { ...(JSON.parse(String(json)) as object), post_processor: null };
    const stated = await openFraming(await packOf(tokeniserFiles(name)));
    expect(await openFraming(await packOf({ ...others, 'tokenizer.json': JSON.stringify(bare) }))).toEqual(
      stated,
    );
  });
});

const vocab = { '[PAD]': 4, '[CLS]': 5, '[SEP]': 6, a: 0, '<s>': 7, '</s>': 8, '<pad>': 9 };
const bert = { start: [5], between: [6], end: [6], padding: 4 };
const roberta = { start: [7], between: [8, 8], end: [8], padding: 9 };
const bertProcessing = { type: 'BertProcessing', sep: ['[SEP]', 6], cls: ['[CLS]', 5] };

describe('the tokens around texts', () => {
  it.each([
    ['by their usual names, without any configuration', {}, undefined, undefined, bert],
    ['by the names of tokenizer_config.json, as text or as records', {}, { cls_token: 'a', sep_token: { content: '</s>' }, pad_token: '<pad>' }, undefined, { start: [0], between: [8], end: [8], padding: 9 }],
    ['by the names of special_tokens_map.json', {}, {}, { cls_token: '<s>', pad_token: '<pad>' }, { ...bert, start: [7], padding: 9 }],
    ['with two separators for a RoBERTa', {}, { tokenizer_class: 'XLMRobertaTokenizer', cls_token: '<s>', sep_token: '</s>', pad_token: '<pad>' }, undefined, roberta],
    ['of a BertProcessing', { post_processor: bertProcessing }, undefined, undefined, bert],
    ['within a sequence', { post_processor: { type: 'Sequence', processors: [{ type: 'ByteLevel' }, bertProcessing] } }, undefined, undefined, bert],
    ['among the added tokens', { added_tokens: [{ id: 99, content: '[CLS]' }] }, undefined, undefined, { ...bert, start: [99] }],
  ])('are found %s', (_, json, config, specialTokens, expected) => {
    const tokeniser = { model: { vocab }, ...json };
    expect(framingOf({ tokeniser, config, specialTokens })).toEqual(expected);
  }); // prettier-ignore

  it.each([
    ['no start', { a: 0, '[SEP]': 1 }, /no token to begin texts with \(such as \[CLS\] or <s>\)/],
    ['no separator', { a: 0, '[CLS]': 1 }, /no token to separate texts with/],
    ['no vocabulary at all', 7, /model\.vocab/],
  ])('are missed with a message where a vocabulary has %s', async (_, pieces, message) => {
    const files = { 'tokenizer.json': JSON.stringify({ model: { vocab: pieces } }) };
    await expect(openFraming(await packOf(files))).rejects.toMatchObject({
      code: 'pack-invalid',
      message: expect.stringMatching(message),
      details: { file: 'tokenizer.json' },
    });
  });
});
