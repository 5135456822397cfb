import { wordsOf } from '../store/tables/words-of.ts';
import type { PhraseChunk } from './import-chunk.ts';
import type { ReadPhrase } from './import-row.ts';

/** A phrase of a block; it has its number once the phrases of the block were handed out. */
export interface MetPhrase {
  number: number;
}

const phrasesAtOnce = 250;
// Some 40 MB; beyond it, phrases and words are forgotten and told again when they are met again.
const mostPhrases = 400_000;
const mostWords = 200_000;

/** Gives the phrases of a file numbers, block by block, and hands out each one before the first row that names it. */
export class BlockPhrases {
  readonly #known = new Map<string, MetPhrase>();
  readonly #words = new Set<string>();
  /** Phrases that are new in this block, and how those are shown that are not shown as their keys. */
  #fresh = new Map<string, MetPhrase>();
  #displays = new Map<string, string>();
  #next = 0;

  /** Notes a phrase of the block. */
  meet({ key, display }: ReadPhrase): MetPhrase {
    const known = this.#known.get(key) ?? this.#fresh.get(key);
    if (known !== undefined) return known;
    const met = { number: -1 };
    this.#fresh.set(key, met);
    if (display !== key) this.#displays.set(key, display);
    return met;
  }

  /** The phrases that are new in this block, in the order of their keys, so that storing them touches few pages. */
  *flush(): Generator<PhraseChunk> {
    // The keys are parts of the text that was read and would keep all of it in memory; these are copies.
    const keys = (JSON.parse(JSON.stringify([...this.#fresh.keys()])) as string[]).sort();
    for (let at = 0; at < keys.length; at += phrasesAtOnce) {
      yield this.#chunk(keys.slice(at, at + phrasesAtOnce));
    }
    this.#fresh = new Map();
    this.#displays = new Map();
  }

  /** Starts a block: numbers of earlier ones are not asked for any more. */
  begin(): void {
    if (this.#words.size > mostWords) this.#words.clear();
    if (this.#known.size <= mostPhrases) return;
    this.#known.clear();
    this.#next = 0;
  }

  #chunk(keys: readonly string[]): PhraseChunk {
    const first = this.#next;
    const words: string[] = [];
    for (const key of keys) {
      const met = this.#fresh.get(key);
      if (met === undefined) throw new Error(`The phrase "${key}" was not met.`);
      met.number = this.#next++;
      this.#known.set(key, met);
      for (const word of wordsOf(key)) {
        if (this.#words.has(word)) continue;
        this.#words.add(word);
        words.push(word);
      }
    }
    const entries = this.#displays.size === 0 ? keys : keys.map((key) => this.#entry(key));
    const batch = { phrases: JSON.stringify(entries), count: keys.length, words: JSON.stringify(words) };
    return { kind: 'phrases', first, batch };
  }

  #entry(key: string): string | readonly [string, string] {
    const display = this.#displays.get(key);
    return display === undefined ? key : [key, display];
  }
}
