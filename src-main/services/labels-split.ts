import { createHash } from 'node:crypto';
import { AppError } from '../contract/app-error.ts';

/** How labels are split. */
export interface SplitSettings {
  /** The share of the anchors that is held out. */
  readonly share: number;
  readonly seed: number;
}

/**
 * The anchors that are held out: those with the lowest hashes of seed and anchor. It depends on the set of anchors alone, never
 * on an order of rows, and a few new anchors move few of the others. Both sides get at least one.
 */
export function heldOutAnchors(
  anchors: Iterable<string>,
  { share, seed }: SplitSettings,
): ReadonlySet<string> {
  const distinct = [...new Set(anchors)];
  if (distinct.length < 2) {
    throw new AppError(
      'bad-input',
      `The labels have ${distinct.length} distinct anchor; expected two or more, as whole anchors are held out to measure on.`,
      { anchors: distinct.length },
    );
  }
  const hashed = distinct.map((anchor) => ({ anchor, hash: placeOf(anchor, seed) }));
  hashed.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0));
  const count = Math.min(distinct.length - 1, Math.max(1, Math.round(share * distinct.length)));
  return new Set(hashed.slice(0, count).map(({ anchor }) => anchor));
}

function placeOf(anchor: string, seed: number): string {
  return createHash('sha256').update(`${seed}\n${anchor}`).digest('hex');
}
