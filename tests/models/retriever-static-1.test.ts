import { PreTrainedTokenizer } from '@huggingface/transformers';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileEntry } from '../../scripts/packs/write-pack.ts';
import { readPhrases } from '../../scripts/train-retriever/data/phrases.ts';
import { cosines, openPack, type OpenPack } from '../../scripts/train-retriever/pack/embed-phrases.ts';
import { pearson } from '../../scripts/train-retriever/phrase-vectors.ts';
import { packManifest } from '../../src-main/contract/pack.ts';
import { WordPiece } from '../../src-main/engine/text/word-piece.ts';
import { dataDir } from '../support/data-dir.ts';

const folder = resolve(import.meta.dirname, '../../models/retriever-static-1');
const json = (name: string): unknown => JSON.parse(readFileSync(resolve(folder, name), 'utf8'));
const manifest = packManifest.parse(json('pack.json'));
const tokenizer = new WordPiece(json('tokenizer.json'));

describe('the built-in retriever pack', () => {
  let pack: OpenPack;
  beforeAll(async () => {
    pack = await openPack(folder, 1);
  });
  afterAll(() => pack.close());
  const cosine = async (a: string, b: string): Promise<number> => (await cosines(pack, [a], [b]))[0]!;

  it('has the files, sizes and hashes that its manifest states, in at most 12 MB', () => {
    const found = Object.fromEntries(
      Object.keys(manifest.files).map((path) => [path, fileEntry(resolve(folder, path))]),
    );
    expect(found).toEqual(manifest.files);
    const total = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
    expect(total + statSync(resolve(folder, 'pack.json')).size).toBeLessThanOrEqual(12e6);
  });

  it('is read alike by our tokeniser and by transformers.js', () => {
    const theirs = new PreTrainedTokenizer(json('tokenizer.json') as object, json('tokenizer_config.json') as object);
    for (const text of [
      'abatement of pollution',
      'Poly(methyl methacrylate), 10 % β-globulin',
      'electrophotographyy façade x²=½ тест 漢字 🔥',
      '[PAD] [UNK] ##ing',
      'deuterohalogenide',
    ]) {
      expect(tokenizer.encode(text), text).toEqual(theirs.encode(text, { add_special_tokens: false }));
    }
  });

  it('gives unit vectors to words and scripts that it has never seen', async () => {
    const phrases = ['zqxjkvb', 'хзъ', '漢字', '🔥', 'ωψξ', '---', '%', 'q', '0000000001', 'x'.repeat(900)];
    const vectors = await pack.embed(phrases);
    phrases.forEach((phrase, i) => {
      const length = Math.hypot(...vectors.subarray(i * pack.dimensions, (i + 1) * pack.dimensions));
      expect(length, phrase).toBeCloseTo(1, 4);
    });
  });

  it('has every piece finite and of a length above zero, but for padding', async () => {
    const { model } = json('tokenizer.json') as { model: { vocab: Record<string, number> } };
    const words = Object.keys(model.vocab).filter((piece) => /^[a-z0-9]+$/.test(piece));
    const vectors = await pack.embed(words);
    const lengths = words.map((_, i) =>
      Math.hypot(...vectors.subarray(i * pack.dimensions, (i + 1) * pack.dimensions)),
    );
    expect(words.filter((_, i) => !(Math.abs(lengths[i]! - 1) < 1e-4))).toEqual([]);
  });

  it.each([
    ['polymerisation', 'polymerisatoin', 'carburettor'],
    ['semiconductor device', 'semiconducter device', 'horse saddle'],
    ['electrophotographic', 'electrophotographical', 'vegetable'],
  ])('keeps %j near the misspelt or unusual %j', async (right, unusual, other) => {
    expect(await cosine(right, unusual)).toBeGreaterThan((await cosine(other, unusual)) + 0.1);
  });

  it('puts related phrases nearer than unrelated ones', async () => {
    expect(await cosine('abatement of pollution', 'reducing contamination')).toBeGreaterThan(
      (await cosine('abatement of pollution', 'musical keyboard')) + 0.3,
    );
  });

  it('does not mind the order of words', async () => {
    expect(await cosine('heat pump compressor', 'compressor heat pump')).toBeCloseTo(1, 5);
  });

  it.skipIf(dataDir === null)('reproduces the Pearson that its manifest claims (needs the public data)', async () => {
    const pairs = readPhrases(dataDir!, 'validation');
    const cosine = await cosines(
      pack,
      pairs.map(({ anchor }) => anchor),
      pairs.map(({ target }) => target),
    );
    const [claim] = manifest.metrics;
    expect(claim).toMatchObject({ name: 'pearson', mode: 'cosine', rows: pairs.length });
    expect(
      pearson(
        cosine,
        pairs.map(({ score }) => score),
      ),
    ).toBeCloseTo(claim!.value, 3);
  });
});
