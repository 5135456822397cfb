import { phraseKey } from '../../contract/phrase.ts';
import { featureNames, writeFeatures } from './feature-table.ts';
import { Arena } from './phrase/arena.ts';
import { contextFacts } from './phrase/context-facts.ts';
import type { ClassCentres, ContextFacts } from './phrase/context-facts.ts';
import { phraseFacts } from './phrase/phrase-facts.ts';
import type { PhraseFacts } from './phrase/phrase-facts.ts';
import type { WordTable } from './phrase/word-facts.ts';
import type { ScoreRows } from './scorer.ts';

/** Phrases kept at about 2.5 kB each: anchors come again and again, targets often. */
const cachedPhrases = 8_000;
const cachedContexts = 1_000;

/** Computes feature rows and keeps what it knows of recent phrases. */
export class FeatureRows {
  readonly #table: WordTable;
  readonly #centres: ClassCentres;
  readonly #phrases = new Map<string, PhraseFacts>();
  readonly #contexts = new Map<string, ContextFacts>();
  #lastAnchor = '';
  #lastFacts: PhraseFacts | null = null;
  #phraseArena = new Arena();
  #contextArena = new Arena();

  constructor(table: WordTable, data: { readonly centres: ClassCentres }) {
    this.#table = table;
    this.#centres = data.centres;
  }

  /** The facts of the classes of some rows, to be passed to `write`. */
  contexts(rows: ScoreRows): ContextFacts[] {
    return rows.contexts.map(({ symbol, text }) => this.#context(symbol, text));
  }

  /**
   * Writes the features of the rows from `from` up to `to` to the start of `out`: float32 [rows, features]. In `same`, a row whose
   * phrases are one phrase, the same but for case and spaces, gets 1, the others 0.
   */
  write(
    rows: ScoreRows,
    contexts: readonly ContextFacts[],
    from: number,
    to: number,
    out: Float32Array,
    same?: Uint8Array,
  ): void {
    const width = featureNames.length;
    for (let row = from; row < to; row++) {
      const anchor = this.#anchorFacts(rows.anchors[row] as string);
      const target = this.#phrase(rows.targets[row] as string);
      const context = contexts[rows.contextIndex[row] as number] as ContextFacts;
      writeFeatures(anchor, target, context, this.#table.lexicon, out, (row - from) * width);
      if (same === undefined) continue;
      const alike = anchor.text === target.text;
      same[row - from] = alike && isSame(rows.anchors[row] as string, rows.targets[row] as string) ? 1 : 0;
    }
  }

  /** The facts of an anchor, which is often that of the row before. */
  #anchorFacts(anchor: string): PhraseFacts {
    if (anchor !== this.#lastAnchor || this.#lastFacts === null) {
      this.#lastFacts = this.#phrase(anchor);
      this.#lastAnchor = anchor;
    }
    return this.#lastFacts;
  }

  #context(symbol: string, text: string): ContextFacts {
    const key = `${symbol}\t${text}`;
    let facts = this.#contexts.get(key);
    if (facts === undefined) {
      if (this.#contexts.size >= cachedContexts) {
        this.#contexts.clear();
        this.#contextArena = new Arena();
      }
      facts = contextFacts(symbol, text, this.#table, this.#centres, this.#contextArena);
      this.#contexts.set(key, facts);
    }
    return facts;
  }

  #phrase(phrase: string): PhraseFacts {
    let facts = this.#phrases.get(phrase);
    if (facts === undefined) {
      if (this.#phrases.size >= cachedPhrases) {
        this.#phrases.clear();
        this.#phraseArena = new Arena();
      }
      facts = phraseFacts(phrase, this.#table, this.#phraseArena);
      this.#phrases.set(phrase, facts);
    }
    return facts;
  }
}

function isSame(anchor: string, target: string): boolean {
  return phraseKey(anchor) === phraseKey(target);
}
