import { splitWords } from '../../../src-main/engine/text/split-words.ts';
import { readCpcTitles } from '../data/cpc-titles.ts';
import { readPhrases } from '../data/phrases.ts';
import { readSynsets } from '../data/wordnet.ts';
import { settings } from '../settings.ts';
import { chooseVocabulary } from '../vocabulary/choose-vocabulary.ts';
import { tokenizerConfig, tokenizerJson } from '../vocabulary/tokenizer-files.ts';
import type { Cache } from './cache.ts';
import { readCountedWords } from './count-words.ts';

/** Stage 2: chooses the vocabulary and writes the tokeniser's files. */
export function buildTokenizer(data: string, cache: Cache): string {
  const pieces = chooseVocabulary(readCountedWords(cache), knownTerms(data), settings.vocabulary);
  cache.write('tokenizer.json', JSON.stringify(tokenizerJson(pieces)));
  cache.write('tokenizer_config.json', JSON.stringify(tokenizerConfig(settings.maxLength)));
  return `${pieces.length} pieces, ${pieces.filter((piece) => piece.startsWith('##')).length} of them sub-words`;
}

/** The words of the training phrases, the CPC titles and the WordNet lemmas. */
function knownTerms(data: string): Set<string> {
  const texts = [
    ...readPhrases(data, 'train').flatMap(({ anchor, target }) => [anchor, target]),
    ...readCpcTitles(data).map(({ title }) => title),
    ...readSynsets(data).flatMap(({ members }) => members),
  ];
  return new Set(texts.flatMap(splitWords));
}
