import { stem } from './stem.ts';

/** The meanings of a word with all that stands above them, ascending by number. */
export interface Senses {
  readonly synsets: Int32Array;
  /** Steps up from the word's own meanings; 0 for these themselves. */
  readonly steps: Uint8Array;
  /** What the word's own meanings are parts of. */
  readonly wholes: ReadonlySet<number>;
}

/** How two words stand to each other in the lexicon. */
export interface WordRelation {
  /** 1 for synonyms, falling with the breadth of the narrowest meaning above both; 0 where nothing is above both. */
  readonly likeness: number;
  /** Steps from the first word up to the second; 0 for synonyms, -1 where the second is not above the first. */
  readonly up: number;
  /** Steps from the second word up to the first; -1 where the first is not above the second. */
  readonly down: number;
}

const mostSteps = 200;
const unseen = 255;
// 0.94 to the power of the steps on both sides, of which there are `mostSteps` at most on each.
const fading = Float64Array.from({ length: 2 * mostSteps + 1 }, (_, steps) => 0.94 ** steps);

/** Words, their meanings, and what is above, beside and opposite; built from Open English WordNet. */
export class Lexicon {
  readonly #above: readonly (readonly number[])[];
  readonly #wholes: readonly (readonly number[])[];
  readonly #specificity: Float32Array;
  /** For each meaning the steps up to it while a word's are looked for; `unseen` in between. */
  readonly #steps: Uint8Array;
  readonly #meanings = new Map<string, number[]>();
  readonly #opposites = new Map<string, Set<string>>();
  readonly #senses = new Map<string, Senses>();

  /** Reads the text that the training writes: a line a meaning, a line with =, a line a pair of opposites. */
  constructor(text: string) {
    const [meanings = '', opposites = ''] = text.split('\n=\n');
    const rows = meanings === '' ? [] : meanings.split('\n').map((line) => line.split('\t'));
    this.#above = rows.map((cells) => numbersOf(cells[1]));
    this.#wholes = rows.map((cells) => numbersOf(cells[2]));
    rows.forEach((cells, synset) => {
      for (const lemma of (cells[0] ?? '').split('|')) {
        if (lemma === '') continue;
        const known = this.#meanings.get(lemma);
        if (known === undefined) this.#meanings.set(lemma, [synset]);
        else known.push(synset);
      }
    });
    for (const line of opposites.split('\n')) {
      const [a = '', b = ''] = line.split('\t');
      if (a === '') continue;
      this.#oppose(a, b);
      this.#oppose(b, a);
    }
    this.#specificity = specificity(this.#above);
    this.#steps = new Uint8Array(this.#above.length).fill(unseen);
  }

  /** The meanings of a word or of several, given as stems with spaces between; null where there are none. */
  senses(stems: string): Senses | null {
    let senses = this.#senses.get(stems);
    if (senses === undefined) {
      const own = this.#meanings.get(stems);
      // Most phrases have none: what is not kept is found as fast.
      if (own === undefined) return null;
      senses = this.#climb(own);
      if (this.#senses.size > 50_000) this.#senses.clear();
      this.#senses.set(stems, senses);
    }
    return senses;
  }

  /** Whether two stems are opposites. */
  opposite(a: string, b: string): boolean {
    return this.#opposites.get(a)?.has(b) === true;
  }

  /** How the meanings of two words stand to each other, at their closest. */
  relate(a: Senses, b: Senses): WordRelation {
    let likeness = 0;
    let up = -1;
    let down = -1;
    const [ours, theirs] = [a.synsets, b.synsets];
    for (let i = 0, j = 0; i < ours.length && j < theirs.length;) {
      const x = ours[i] as number;
      const y = theirs[j] as number;
      if (x === y) {
        const fromA = a.steps[i] as number;
        const fromB = b.steps[j] as number;
        if (fromB === 0 && (up < 0 || fromA < up)) up = fromA;
        if (fromA === 0 && (down < 0 || fromB < down)) down = fromB;
        const shared =
          fromA + fromB === 0 ? 1 : (this.#specificity[x] as number) * (fading[fromA + fromB] as number);
        if (shared > likeness) likeness = shared;
      }
      // Without branches: which list goes on cannot be foreseen.
      i += Number(x <= y);
      j += Number(y <= x);
    }
    return { likeness, up, down };
  }

  #oppose(a: string, b: string): void {
    const known = this.#opposites.get(a);
    if (known === undefined) this.#opposites.set(a, new Set([b]));
    else known.add(b);
  }

  #climb(own: readonly number[]): Senses {
    const steps = this.#steps;
    const wholes = new Set<number>();
    const found: number[] = [];
    for (const synset of own) {
      for (const whole of this.#wholes[synset] ?? []) wholes.add(whole);
      if (steps[synset] !== unseen) continue;
      steps[synset] = 0;
      found.push(synset);
    }
    for (let at = 0; at < found.length; at++) {
      const synset = found[at] as number;
      const above = this.#above[synset] as readonly number[];
      for (let i = 0; i < above.length; i++) {
        const up = above[i] as number;
        if (steps[up] !== unseen) continue;
        steps[up] = Math.min(mostSteps, (steps[synset] as number) + 1);
        found.push(up);
      }
    }
    const synsets = Int32Array.from(found).sort();
    const senses = { synsets, steps: new Uint8Array(synsets.length), wholes };
    for (let at = 0; at < synsets.length; at++) {
      senses.steps[at] = steps[synsets[at] as number] as number;
      steps[synsets[at] as number] = unseen;
    }
    return senses;
  }
}

/** A phrase as the lexicon knows it: the stems of its words with spaces between. */
export function lexiconKey(words: readonly string[]): string {
  return words.map(stem).join(' ');
}

function numbersOf(cell: string | undefined): number[] {
  return cell === undefined || cell === '' ? [] : cell.split(' ').map((text) => parseInt(text, 36));
}

/** 1 for a meaning with nothing below it, towards 0 the more meanings it spans (intrinsic information content). */
function specificity(above: readonly (readonly number[])[]): Float32Array {
  const below = new Float64Array(above.length);
  const seen = new Int32Array(above.length).fill(-1);
  for (let synset = 0; synset < above.length; synset++) {
    const queue = [synset];
    seen[synset] = synset;
    for (let at = 0; at < queue.length; at++) {
      for (const up of above[queue[at] as number] ?? []) {
        if (seen[up] === synset) continue;
        seen[up] = synset;
        below[up] = (below[up] as number) + 1;
        queue.push(up);
      }
    }
  }
  const all = Math.log(1 + above.length);
  return Float32Array.from(below, (count) => 1 - Math.log(1 + count) / all);
}
