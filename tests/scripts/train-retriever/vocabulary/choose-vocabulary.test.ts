import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { chooseVocabulary } from '../../../../scripts/train-retriever/vocabulary/choose-vocabulary.ts';
import { learnMerges } from '../../../../scripts/train-retriever/vocabulary/learn-merges.ts';
import { tokenizerJson } from '../../../../scripts/train-retriever/vocabulary/tokenizer-files.ts';
import { WordPiece } from '../../../../src-main/engine/text/word-piece.ts';

const corpus = {
  words: ['pumping', 'pump', 'heating', 'heat', 'rareword', 'rareterm', '7351', '-'],
  counts: [50, 90, 40, 80, 5, 5, 60, 900],
};
const limits = {
  size: 4000,
  merges: 6,
  minimumCount: 8,
  minimumCountOfTerms: 4,
  minimumCountOfNumbers: 200,
};
const pieces = chooseVocabulary(corpus, new Set(['rareterm']), limits);
const tokenizer = new WordPiece(tokenizerJson(pieces));
const read = (text: string): string[] => tokenizer.encode(text).map((id) => pieces[id]!);

describe('learnMerges', () => {
  it('joins the heaviest neighbours first and marks what continues a word', () => {
    const words = [
      { word: 'abab', weight: 3 },
      { word: 'cab', weight: 2 },
    ];
    expect(learnMerges(words, 3)).toEqual(['##ab', 'ab', 'abab']);
  });
});

describe('chooseVocabulary', () => {
  it('keeps frequent words and rarer known terms whole, and splits rare words and numbers', () => {
    expect(pieces).toEqual(expect.arrayContaining(['pump', 'heating', 'rareterm', '-']));
    expect(pieces).not.toContain('rareword');
    expect(pieces).not.toContain('7351');
  });

  it('has each piece once', () => {
    expect(new Set(pieces).size).toBe(pieces.length);
  });

  it('reads any word in Latin, Greek or Cyrillic letters, digits and symbols without an unknown piece', () => {
    for (const text of [
      'zyxwv',
      'Ångström ßœæøđł',
      'β-γlobulin',
      'насос',
      'x²+1½=µ',
      '10°c ±5% ®™',
      '#@{}~\\',
      'ħǆ',
    ]) {
      expect(read(text)).not.toContain('[UNK]');
      expect(read(text).length).toBeGreaterThan(0);
    }
  });

  it('gives scripts outside the alphabet the unknown piece rather than nothing', () => {
    expect(read('漢 🔥')).toEqual(['[UNK]', '[UNK]']);
  });

  it('writes a tokenizer.json that the tokenisers of transformers.js read alike', () => {
    const theirs = new Tokenizer(tokenizerJson(pieces), {});
    for (const text of ['Pumping-heat rareword 7351', 'Façade ½ 漢字']) {
      expect(theirs.encode(text, { add_special_tokens: false }).tokens).toEqual(read(text));
    }
  });
});
