import type { CpcEntry } from '../contract/calls.ts';
import { phraseKey } from '../contract/phrase.ts';
import { cpcHeads } from '../store/tables/cpc-heads.ts';
import { cpcTitlesMatching, wordsContaining } from '../store/tables/cpc-titles.ts';
import { getCpc } from '../store/tables/cpc.ts';
import type { Store } from '../store/store.ts';
import { wordsOf } from '../store/tables/words-of.ts';
import { entryOf } from './cpc-entry.ts';

// Words that titles are full of and that say nothing; a query of nothing else is searched as it stands.
const fillers = new Set(['a', 'an', 'and', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);
const mostWords = 12;
// Enough for re-ordering; what is below the 400th place of BM25 comes up by no level bonus.
const scanned = 400;
const fragmentWords = 40;

/** The symbols whose titles hold the words of a query, whole words and beginnings first, fragments last. */
export function searchCpcTitles(store: Store, query: string, limit: number): CpcEntry[] {
  const words = queryWords(query);
  if (words.length === 0) return [];
  const found = new Map<string, Hit>();
  addHeads(store, words, found);
  addMatches(store, words.map((word, at) => term(word, at === words.length - 1)).join(' AND '), words, found);
  if (found.size < limit) addFragments(store, words, found);
  if (found.size < limit && words.length > 1) {
    addMatches(store, words.map((word) => term(word, false)).join(' OR '), words, found);
  }
  return [...found.values()]
    .sort((a, b) => b.points - a.points || a.order.localeCompare(b.order))
    .slice(0, limit)
    .map((hit) => hit.entry);
}

interface Hit {
  readonly entry: CpcEntry;
  readonly points: number;
  readonly order: string;
}

function queryWords(query: string): string[] {
  const all = [...new Set(wordsOf(phraseKey(query)))].slice(0, mostWords);
  const telling = all.filter((word) => !fillers.has(word));
  return telling.length > 0 ? telling : all;
}

/** The last word may be half typed, so its beginning counts; one letter would begin everything. */
function term(word: string, open: boolean): string {
  return `"${word.replaceAll('"', '""')}"${open && word.length > 1 ? '*' : ''}`;
}

/** Sections, classes and subclasses are looked through one by one: BM25 buries them below short subgroup titles. */
function addHeads(store: Store, words: readonly string[], found: Map<string, Hit>): void {
  for (const head of cpcHeads(store)) {
    const key = head.phrase.toLowerCase();
    if (!words.every((word) => key.includes(word))) continue;
    const titleWords = wordsOf(key);
    if (!words.every((word) => titleWords.some((titleWord) => titleWord.startsWith(word)))) continue;
    const row = getCpc(store, head.symbol);
    if (row !== null) addHit(entryOf(row), words, found);
  }
}

function addMatches(
  store: Store,
  expression: string,
  words: readonly string[],
  found: Map<string, Hit>,
): void {
  for (const { symbol, level, title, phrase, hasChildren } of cpcTitlesMatching(
    store,
    expression,
    scanned,
    scanned,
  )) {
    addHit({ symbol, level, title, phrase, hasChildren }, words, found);
  }
}

/** Each word stands for the words that contain it: "ydraul" finds hydraulic. */
function addFragments(store: Store, words: readonly string[], found: Map<string, Hit>): void {
  const choices = words.map((word) => [
    word,
    ...(word.length < 3 ? [] : wordsContaining(store, word, fragmentWords)),
  ]);
  const expression = choices
    .map((choice) => `(${[...new Set(choice)].map((word) => term(word, false)).join(' OR ')})`)
    .join(' AND ');
  addMatches(store, expression, words, found);
}

const levelPoints = { section: 0.3, class: 0.4, subclass: 0.3, group: 0.2, subgroup: 0 } as const;

function addHit(entry: CpcEntry, words: readonly string[], found: Map<string, Hit>): void {
  if (found.has(entry.symbol)) return;
  const titleWords = wordsOf(entry.phrase.toLowerCase());
  const whole = titleWords.filter((word) => words.includes(word)).length;
  const wholeShare = Math.min(1, whole / words.length);
  const begunShare =
    words.filter((word) => titleWords.some((other) => other.startsWith(word))).length / words.length;
  // A title that says little else is about the query; a long one mentions it.
  const focus = Math.min(1, words.length / Math.max(1, titleWords.length));
  const points = wholeShare + begunShare + focus + levelPoints[entry.level];
  found.set(entry.symbol, {
    entry,
    points,
    order: `${String(entry.symbol.length).padStart(3, '0')}${entry.symbol}`,
  });
}
