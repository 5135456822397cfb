import { root, stem } from '../../../src-main/engine/scoring/phrase/stem.ts';
import { stopWords } from '../../../src-main/engine/scoring/phrase/stop-words.ts';
import { splitWords } from '../../../src-main/engine/text/split-words.ts';
import { seededRandom } from '../../train-retriever/random.ts';
import type { Random } from '../../train-retriever/random.ts';
import { isHeldOut, readCpcPhrases } from './cpc-phrases.ts';
import type { LabelledRows } from './phrase-pairs.ts';

/** How many rows are made up, as shares of the labelled ones, and what they weigh. */
export interface SyntheticRules {
  readonly seed: number;
  /** Targets of other anchors, label 0. */
  readonly strangers: number;
  /** CPC titles of any class, whole or one piece, label 0. */
  readonly titles: number;
  /** Labelled targets of .5 and more with a piece of a title behind them; the label shrinks. */
  readonly extended: number;
  readonly extendedFactor: number;
  readonly weight: number;
}

/** Labelled rows followed by made-up ones, with a weight for each. */
export interface TaughtRows {
  readonly rows: LabelledRows;
  readonly weights: Float32Array;
  /** The first so many rows are the labelled ones. */
  readonly labelled: number;
}

/**
 * The labels speak of targets that someone thought of for an anchor: none is simply strange, and none is long. Rows of
 * random targets and CPC titles teach the scorer what a ranking over whole libraries meets most.
 */
export function withSyntheticRows(dataDir: string, train: LabelledRows, rules: SyntheticRules): TaughtRows {
  const random = seededRandom(rules.seed);
  const count = train.labels.length;
  const titles = readCpcPhrases(dataDir).filter((title) => !isHeldOut(title));
  const rows: { from: number; target: string; label: number }[] = [];
  const add = (share: number, make: (row: number) => { target: string; label: number } | null) => {
    const due = rows.length + Math.round(share * count);
    while (rows.length < due) {
      const from = pick(count, random);
      const made = make(from);
      if (made !== null) rows.push({ from, ...made });
    }
  };
  const ifStrange = (row: number, target: string) =>
    sharesRoot(train.anchors[row]!, target) ? null : { target, label: 0 };
  add(rules.strangers, (row) => ifStrange(row, train.targets[pick(count, random)]!));
  add(rules.titles, (row) => {
    const title = titles[pick(titles.length, random)]!;
    return ifStrange(row, random() < 0.5 ? title : pieceOf(title, random));
  });
  add(rules.extended, (row) => {
    if (train.labels[row]! < 0.5) return null;
    const piece = pieceOf(titles[pick(titles.length, random)]!, random);
    const joint = random() < 0.5 ? '; ' : ' ';
    const target = random() < 0.5 ? train.targets[row]! + joint + piece : piece + joint + train.targets[row]!;
    return { target, label: train.labels[row]! * rules.extendedFactor };
  });
  const all = <T>(labelled: readonly T[], made: (row: (typeof rows)[number]) => T) => [
    ...labelled,
    ...rows.map(made),
  ];
  return {
    rows: {
      anchors: all(train.anchors, ({ from }) => train.anchors[from]!),
      targets: all(train.targets, ({ target }) => target),
      contexts: train.contexts,
      contextIndex: Int32Array.from(all([...train.contextIndex], ({ from }) => train.contextIndex[from]!)),
      labels: Float32Array.from(all([...train.labels], ({ label }) => label)),
    },
    weights: Float32Array.from([...train.labels.map(() => 1), ...rows.map(() => rules.weight)]),
    labelled: count,
  };
}

function pick(count: number, random: Random): number {
  return Math.floor(random() * count);
}

function pieceOf(title: string, random: Random): string {
  const pieces = title.split(/[;,:]/).map((piece) => piece.trim());
  const usable = pieces.filter((piece) => piece.length > 2);
  return usable[pick(usable.length, random)] ?? title;
}

function sharesRoot(a: string, b: string): boolean {
  const roots = rootsOf(a);
  return [...rootsOf(b)].some((each) => roots.has(each));
}

function rootsOf(phrase: string): Set<string> {
  return new Set(
    splitWords(phrase)
      .filter((word) => /[\p{L}\p{N}]/u.test(word) && !stopWords.has(word))
      .map((word) => root(stem(word))),
  );
}
