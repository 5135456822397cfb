import type { CpcEntry } from '../contract/calls.ts';
import { phraseKey } from '../contract/phrase.ts';
import { cpcHeads } from '../store/tables/cpc-heads.ts';
import { cpcTitlesMatching } from '../store/tables/cpc-titles.ts';
import { fillerWords } from '../store/search/filler-words.ts';
import { wordsContaining } from '../store/search/word-forms.ts';
import { quote } from '../store/search/word-query.ts';
import type { Store } from '../store/store.ts';
import { wordsOf } from '../store/tables/words-of.ts';

const mostWords = 12;
// Enough for re-ordering; what is below the 400th place of BM25 comes up by no level bonus.
const scanned = 400;
const fragmentWords = 40;

/** The symbols whose titles hold the words of a query, whole words and beginnings first, fragments last. */
export function searchCpcTitles(store: Store, query: string, limit: number): CpcEntry[] {
  const words = queryWords(query);
  if (words.length === 0) return [];
  const found = new Map<string, Hit>();
  const last = words.length - 1;
  // Sections, classes and subclasses one by one: BM25 buries them below the short titles of subgroups.
  addHits(headsWithAll(store, words), words, 2, found);
  addHits(matching(store, words.map((word, at) => term(word, at === last)).join(' AND ')), words, 2, found);
  if (found.size < limit) addHits(matching(store, withFragments(store, words)), words, 1, found);
  if (found.size < limit && last > 0) {
    addHits(matching(store, words.map((word) => term(word, false)).join(' OR ')), words, 0, found);
  }
  return [...found.values()]
    .sort((a, b) => b.points - a.points || a.entry.symbol.length - b.entry.symbol.length || a.order - b.order)
    .slice(0, limit)
    .map((hit) => hit.entry);
}

interface Hit {
  readonly entry: CpcEntry;
  readonly points: number;
  readonly order: number;
}

function queryWords(query: string): string[] {
  const all = [...new Set(wordsOf(phraseKey(query)))].slice(0, mostWords);
  const telling = all.filter((word) => !fillerWords.has(word));
  return telling.length > 0 ? telling : all;
}

/** The last word may be half typed, so its beginning counts; one letter would begin everything. */
function term(word: string, open: boolean): string {
  return `${quote(word)}${open && word.length > 1 ? '*' : ''}`;
}

function matching(store: Store, expression: string): CpcEntry[] {
  return cpcTitlesMatching(store, expression, scanned, scanned);
}

function headsWithAll(store: Store, words: readonly string[]): CpcEntry[] {
  return cpcHeads(store).filter((head) => {
    const key = head.phrase.toLowerCase();
    // The first test is quick and leaves few.
    return words.every((word) => key.includes(stem(word))) && begunShare(words, wordsOf(key)) === 1;
  });
}

/** Each word stands for the words that contain it: "ydraul" finds hydraulic. */
function withFragments(store: Store, words: readonly string[]): string {
  const choices = words.map((word) => [word, ...wordsContaining(store, word, fragmentWords)]);
  return choices
    .map((choice) => `(${[...new Set(choice)].map((word) => term(word, false)).join(' OR ')})`)
    .join(' AND ');
}

const levelPoints = { section: 1, class: 1.2, subclass: 1, group: 0.2, subgroup: 0 } as const;

/** `source` is 2 where every word was found, 1 where fragments were, 0 where some words are missing. */
function addHits(
  entries: readonly CpcEntry[],
  words: readonly string[],
  source: number,
  found: Map<string, Hit>,
): void {
  for (const { symbol, level, title, phrase, hasChildren } of entries) {
    if (found.has(symbol)) continue;
    const titleWords = wordsOf(phrase.toLowerCase());
    const stems = new Set(titleWords.map(stem));
    const whole = words.filter((word) => stems.has(stem(word))).length / words.length;
    // A title that says little else is about the query; a long one mentions it.
    const focus = 0.6 * Math.min(1, words.length / Math.max(1, titleWords.length));
    const opens = words.some((word) => stem(word) === stem(titleWords[0] ?? '')) ? 0.4 : 0;
    const points = source + whole + begunShare(words, titleWords) + focus + opens + levelPoints[level];
    found.set(symbol, { entry: { symbol, level, title, phrase, hasChildren }, points, order: found.size });
  }
}

function begunShare(words: readonly string[], titleWords: readonly string[]): number {
  const begun = words.filter((word) =>
    titleWords.some((other) => other.startsWith(word) || stem(other) === stem(word)),
  );
  return begun.length / words.length;
}

/** Enough to take plurals for the same word: valve and valves, brush and brushes, battery and batteries. */
function stem(word: string): string {
  if (word.length < 4) return word;
  return word.replace(/(?<=[sxzh])es$|(?<!s)s$/, '').replace(/(ie|y)$/, 'i');
}
