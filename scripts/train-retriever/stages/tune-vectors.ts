import { WordPiece } from '../../../src-main/engine/text/word-piece.ts';
import { readPhrases, type PhrasePair } from '../data/phrases.ts';
import { dot, pearson, phraseVector, type TokenModel } from '../phrase-vectors.ts';
import { settings } from '../settings.ts';
import { anchorFolds } from '../tune/folds.ts';
import { tune, type EncodedPair } from '../tune/train-tuning.ts';
import type { Cache } from './cache.ts';
import { readZeroShot } from './relate-vectors.ts';

/** Stage 5: tunes the model on the training phrases; the held-out folds show what that is worth. */
export function tuneVectors(
  data: string,
  cache: Cache,
): { readonly model: TokenModel; readonly summary: string } {
  const tokenizer = new WordPiece(JSON.parse(cache.text('tokenizer.json')));
  const start = readZeroShot(cache);
  const phrases = readPhrases(data, 'train');
  const pairs = encodePairs(phrases, tokenizer);
  const { folds, ...options } = settings.tune;
  const foldOf = anchorFolds(
    phrases.map(({ anchor }) => anchor),
    folds,
    options.seed,
  );
  let before = 0;
  let after = 0;
  for (let fold = 0; fold < folds; fold++) {
    const held = pairs.filter((_, i) => foldOf[i] === fold);
    const tuned = tune(
      start,
      pairs.filter((_, i) => foldOf[i] !== fold),
      options,
    );
    before += cosinePearson(start, held) / folds;
    after += cosinePearson(tuned, held) / folds;
  }
  const summary = `Pearson on held-out folds of train.csv: ${before.toFixed(4)} before tuning, ${after.toFixed(4)} after`;
  return { model: tune(start, pairs, options), summary };
}

/** Labelled pairs as token ids. */
export function encodePairs(pairs: readonly PhrasePair[], tokenizer: WordPiece): EncodedPair[] {
  return pairs.map(({ anchor, target, score }) => ({
    anchor: tokenizer.encode(anchor),
    target: tokenizer.encode(target),
    score,
  }));
}

/** Pearson's correlation of cosine and score. */
export function cosinePearson(model: TokenModel, pairs: readonly EncodedPair[]): number {
  return pearson(
    pairs.map(({ anchor, target }) => dot(phraseVector(model, anchor), phraseVector(model, target))),
    pairs.map(({ score }) => score),
  );
}
