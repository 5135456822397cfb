import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openFraming } from '../../../src-main/engine/text/framing.ts';
import { encodeInput, frameTokens, shortestLength } from '../../../src-main/engine/text/input-form.ts';
import { openTokeniser } from '../../../src-main/engine/text/open-tokeniser.ts';
import { loadPack } from '../../../src-main/packs/load-pack.ts';
import { makeFolder, makePack } from '../../packs/make-pack.ts';
import { dataFile } from '../../support/data-dir.ts';
import { expectedOf, scorerNames, tokeniserFiles, type Expected } from '../scoring/encoder/scorer-fixture.ts';
import { tinyTokenizer } from './tiny-vocabulary.ts';

const framing = { start: [1], between: [2], end: [3], padding: 0 };
const twice = { ...framing, between: [2, 2] };
const row = { anchor: 'a', target: 't', contextText: 'c' };

async function expectRows(files: Readonly<Record<string, string | Uint8Array>>, { rows }: Expected) {
  const pack = await loadPack(await makePack(await makeFolder(), undefined, files));
  const tokeniser = await openTokeniser(pack);
  const encoding = {
    encode: (text: string) => tokeniser.encode(text),
    framing: await openFraming(pack),
    maxLength: 512,
  };
  for (const { texts, ids } of rows) {
    const [anchor, target, contextText] = texts;
    const found = encodeInput('anchor-target-context', { anchor, target, contextText }, encoding);
    expect([...found], texts.join()).toEqual(ids);
  }
}

describe('anchor, target and context text', () => {
  it.each(scorerNames)("are the tokens of Hugging Face's tokeniser in one row, for a %s", async (name) => {
    await expectRows(tokeniserFiles(name), expectedOf(name));
  });

  const vocabulary = dataFile('tokenizers/bert-base-uncased/vocab.txt');
  it.skipIf(vocabulary === null)(
    'are so with the vocabulary of bert-base-uncased (needs PRIORPHRASE_DATA)',
    async () => {
      const pieces = readFileSync(vocabulary as string, 'utf8')
        .trimEnd()
        .split('\n');
      const json = tinyTokenizer();
      const model = { ...json.model, vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])) };
      await expectRows(
        { 'tokenizer.json': JSON.stringify({ ...json, model }) },
        expectedOf('bert-base-uncased'),
      );
    },
  );
});

const a = [11, 12, 13];
const t = [21, 22, 23, 24];
const c = [31, 32, 33, 34, 35];
const cuts: readonly (readonly [number, readonly number[]])[] = [
  [99, [1, 11, 12, 13, 2, 21, 22, 23, 24, 2, 31, 32, 33, 34, 35, 3]],
  [16, [1, 11, 12, 13, 2, 21, 22, 23, 24, 2, 31, 32, 33, 34, 35, 3]],
  [15, [1, 11, 12, 13, 2, 21, 22, 23, 24, 2, 31, 32, 33, 34, 3]],
  [12, [1, 11, 12, 13, 2, 21, 22, 23, 24, 2, 31, 3]],
  [11, [1, 11, 12, 13, 2, 21, 22, 23, 24, 2, 3]],
  [10, [1, 11, 12, 13, 2, 21, 22, 23, 2, 3]],
  [9, [1, 11, 12, 13, 2, 21, 22, 2, 3]],
  [8, [1, 11, 12, 2, 21, 22, 2, 3]],
  [7, [1, 11, 12, 2, 21, 2, 3]],
  [6, [1, 11, 2, 21, 2, 3]],
];

describe('a row of 16 tokens', () => {
  it.each(cuts)(
    'loses its context first, then the end of the longer phrase: cut to %i',
    (maxLength, expected) => {
      expect([...frameTokens([a, t, c], { framing, maxLength, firstCut: 2 })]).toEqual(expected);
    },
  );
});

describe('the shortest row', () => {
  it.each([
    [framing, 6],
    [twice, 8],
  ])('has a token of each phrase between those of the model', (tokens, length) => {
    expect(shortestLength('anchor-target-context', tokens)).toBe(length);
    const encoding = { encode: () => [7, 8, 9], framing: tokens, maxLength: length };
    const ids = [...encodeInput('anchor-target-context', row, encoding)];
    expect(ids).toHaveLength(length);
    expect(ids.filter((id) => id === 7)).toHaveLength(2);
  });
});
