import { wordsOf } from '../store/tables/words-of.ts';
import type { PhraseChunk } from './import-chunk.ts';
import type { ReadPhrase } from './import-row.ts';

const phrasesAtOnce = 500;
// Some 40 MB; beyond it, phrases and words are forgotten and told again when they are met again.
const mostPhrases = 400_000;
const mostWords = 200_000;

/** Gives the phrases of a file numbers, block by block, and hands out each one before the first row that names it. */
export class BlockPhrases {
  readonly #numbers = new Map<string, number>();
  readonly #words = new Set<string>();
  #fresh = new Map<string, string>();
  #next = 0;

  /** Notes a phrase of the block. */
  meet({ key, display }: ReadPhrase): void {
    if (!this.#numbers.has(key) && !this.#fresh.has(key)) this.#fresh.set(key, display);
  }

  /** The phrases that are new in this block, in the order of their keys, so that storing them touches few pages. */
  *flush(): Generator<PhraseChunk> {
    const keys = [...this.#fresh.keys()].sort();
    for (let at = 0; at < keys.length; at += phrasesAtOnce)
      yield this.#chunk(keys.slice(at, at + phrasesAtOnce));
    this.#fresh = new Map();
  }

  /** The number of a phrase that was handed out. */
  numberOf(key: string): number {
    const number = this.#numbers.get(key);
    if (number === undefined) throw new Error(`The phrase "${key}" has no number.`);
    return number;
  }

  /** Starts a block: numbers of earlier ones are not asked for any more. */
  begin(): void {
    if (this.#words.size > mostWords) this.#words.clear();
    if (this.#numbers.size <= mostPhrases) return;
    this.#numbers.clear();
    this.#next = 0;
  }

  #chunk(keys: readonly string[]): PhraseChunk {
    const first = this.#next;
    const entries = keys.map((key) => {
      const display = this.#fresh.get(key) ?? key;
      return display === key ? key : ([key, display] as const);
    });
    const phrases = JSON.stringify(entries);
    const words: string[] = [];
    // The keys are parts of the text that was read and would keep all of it in memory; these are copies.
    for (const key of JSON.parse(JSON.stringify(keys)) as string[]) {
      this.#numbers.set(key, this.#next++);
      for (const word of wordsOf(key)) {
        if (this.#words.has(word)) continue;
        this.#words.add(word);
        words.push(word);
      }
    }
    return { kind: 'phrases', first, batch: { phrases, count: keys.length, words: JSON.stringify(words) } };
  }
}
