import { orderByPlace } from './order-by-place.ts';

const places = 2 ** 16;

/** Rows by score; equal scores keep their order, and rows without one (NaN) come last, whichever way it goes. */
export function orderByScore(scores: Float64Array, descending: boolean): Int32Array {
  const rows = scores.length;
  const placeOf = (row: number): number => {
    const score = scores[row] ?? Number.NaN;
    return Number.isNaN(score) ? -1 : Math.min(places - 1, Math.max(0, Math.floor(score * places)));
  };
  const order = orderByPlace(placeOf, { rows, places, descending });
  const sign = descending ? -1 : 1;
  // Scores of one place are few and nearly always equal; where they are not, the rows of the place are sorted.
  for (let start = 0; start < rows;) {
    const place = placeOf(order[start] ?? 0);
    let end = start + 1;
    let sorted = true;
    while (end < rows && placeOf(order[end] ?? 0) === place) {
      if (place >= 0 && sign * difference(scores, order[end], order[end - 1]) < 0) sorted = false;
      end += 1;
    }
    if (!sorted) order.subarray(start, end).sort((a, b) => sign * difference(scores, a, b) || a - b);
    start = end;
  }
  return order;
}

function difference(scores: Float64Array, a: number | undefined, b: number | undefined): number {
  return (scores[a ?? 0] ?? 0) - (scores[b ?? 0] ?? 0);
}
