import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WordPiece } from '../../../src-main/engine/text/word-piece.ts';
import { cutVocabulary, framingTokens } from '../../../src-main/engine/train/cut-vocabulary.ts';

const json: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../models/retriever-static-1/tokenizer.json'), 'utf8'),
);
const cutTo = (size: number, some: readonly string[] = texts) =>
  cutVocabulary(json, some, size, async () => undefined);
const texts = ['water pump', 'pump housing', 'pump'];

function vocabularyOf(tokeniser: Record<string, unknown>): Record<string, number> {
  return (tokeniser as { readonly model: { readonly vocab: Record<string, number> } }).model.vocab;
}

describe('cutVocabulary', () => {
  it('begins with the framing tokens and keeps the pieces of the texts', async () => {
    const cut = await cutTo(3000);
    const vocab = vocabularyOf(cut);
    expect(framingTokens.map((token) => vocab[token])).toEqual([0, 1, 2, 3, 4]);
    // As JSON lists them, digits come first.
    expect(Object.values(vocab).sort((a, b) => a - b)).toEqual(Object.keys(vocab).map((_, id) => id));
    expect(new WordPiece(cut).encode('water pump housing')).toHaveLength(3);
    expect(vocab['pump']).toBeLessThan(vocab['water'] ?? 0);
  });

  it('lets no text fall out: any word still has its characters', async () => {
    const unknown = 1;
    const ids = new WordPiece(await cutTo(3000, [])).encode('Zirconium Öl 3½ µm');
    expect(ids.length).toBeGreaterThan(10);
    expect(ids).not.toContain(unknown);
  });

  it('does not depend on the order of the texts', async () => {
    expect(await cutTo(3000, texts.toReversed())).toEqual(await cutTo(3000));
  });

  it('says how many pieces it needs at least', async () => {
    await expect(cutTo(100)).rejects.toThrow(
      /encoder.tokeniser.vocabulary: found 100, expected 2\d\d\d or more/,
    );
  });
});
