import type { RelativeAttention } from '../config/deberta-config.ts';

// As PyTorch computes it, in 32-bit floats: a rounding of its own could put a distance into the next bucket.
const { fround } = Math;

/**
 * The bucket of a distance: the distance itself up to half the number of buckets, then buckets that grow with the logarithm,
 * sign(d) (ceil(ln(|d| / mid) / ln((furthest - 1) / mid) (mid - 1)) + mid), mid = buckets / 2.
 */
export function bucketOf(
  distance: number,
  { buckets, furthest }: Pick<RelativeAttention, 'buckets' | 'furthest'>,
): number {
  if (buckets === null) return distance;
  const mid = Math.floor(buckets / 2);
  const size = Math.abs(distance);
  if (size <= mid) return distance;
  const whole = fround(Math.log(fround((furthest - 1) / mid)));
  const part = fround(Math.log(fround(size / mid)));
  const steps = Math.ceil(fround(fround(part / whole) * (mid - 1)));
  return Math.sign(distance) * (steps + mid);
}

/** The row of the table of distances for a distance (place of the query - place of the key); the ends are shared. */
export function rowOf(distance: number, relative: RelativeAttention): number {
  const row = bucketOf(distance, relative) + relative.span;
  return Math.min(Math.max(row, 0), 2 * relative.span - 1);
}

/** Rows for the distances from -reach to reach; beyond, the row is that at the end. */
export function distanceRows(relative: RelativeAttention): {
  readonly reach: number;
  readonly rows: readonly number[];
} {
  let reach = relative.span;
  while (rowOf(reach, relative) < 2 * relative.span - 1 || rowOf(-reach, relative) > 0) reach++;
  const rows = Array.from({ length: 2 * reach + 1 }, (_, at) => rowOf(at - reach, relative));
  return { reach, rows };
}
