import { createHash } from 'node:crypto';

/** One labelled pair: phrases as they are compared, the class in force and its text, and the score in [0, 1]. */
export interface LabelledPair {
  readonly anchor: string;
  readonly target: string;
  readonly symbol: string;
  readonly contextText: string;
  readonly score: number;
  /** The analyst's code, such as `2a`; null where there is none or where merged rows disagree. */
  readonly rating: string | null;
}

/**
 * One pair for each anchor, target and class, in an order that depends on nothing but the pairs: rows that say the
 * same pair are merged, their scores averaged.
 */
export function mergePairs(rows: readonly LabelledPair[]): LabelledPair[] {
  const groups = new Map<string, LabelledPair[]>();
  for (const row of rows) {
    const key = pairKey(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const order = [...groups.keys()].sort();
  return order.map((key) => mergeGroup(groups.get(key) as LabelledPair[]));
}

/** Distinct pairs in the order of {@link mergePairs}. */
export function inOrder<Pair extends Pick<LabelledPair, 'anchor' | 'symbol' | 'target'>>(
  pairs: readonly Pair[],
): Pair[] {
  const keyed = pairs.map((pair) => ({ pair, key: pairKey(pair) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ pair }) => pair);
}

/** SHA-256 of pairs in the order of {@link mergePairs}, in hexadecimal: the same for the same rows in any order. */
export function hashPairs(pairs: readonly LabelledPair[]): string {
  const hash = createHash('sha256');
  for (const { anchor, target, symbol, contextText, score } of pairs)
    hash.update(`${JSON.stringify([anchor, target, symbol, contextText, score])}\n`);
  return hash.digest('hex');
}

/** How an anchor is noted in a pack: enough to find it again, and not the phrase itself. */
export function anchorHash(anchor: string): string {
  return createHash('sha256').update(anchor).digest('hex').slice(0, 16);
}

// Phrases and symbols hold no line breaks, so that two pairs never share a key.
function pairKey({ anchor, symbol, target }: Pick<LabelledPair, 'anchor' | 'symbol' | 'target'>): string {
  return `${anchor}\n${symbol}\n${target}`;
}

function mergeGroup(group: readonly LabelledPair[]): LabelledPair {
  const [first] = group as readonly [LabelledPair, ...LabelledPair[]];
  if (group.length === 1) return first;
  // Sums of floats depend on their order, and that of the rows must not count.
  const scores = group.map(({ score }) => score).sort((a, b) => a - b);
  const score = scores.reduce((sum, each) => sum + each, 0) / scores.length;
  const rating = group.every((each) => each.rating === first.rating) ? first.rating : null;
  return { ...first, score, rating };
}
