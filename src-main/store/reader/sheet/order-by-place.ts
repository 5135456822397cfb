/**
 * Rows in the order of a place that each has in some list; rows of one place keep their order, and rows without a place
 * (-1) come last, whichever way it goes. A counting sort: linear in rows and places.
 */
export function orderByPlace(
  placeOf: (row: number) => number,
  {
    rows,
    places,
    descending,
  }: { readonly rows: number; readonly places: number; readonly descending: boolean },
): Int32Array {
  const bucketOf = (row: number): number => {
    const place = placeOf(row);
    if (place < 0) return places;
    return descending ? places - 1 - place : place;
  };
  const buckets = new Int32Array(rows);
  const starts = new Int32Array(places + 2);
  for (let row = 0; row < rows; row++) {
    const bucket = bucketOf(row);
    buckets[row] = bucket;
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
  }
  for (let bucket = 0; bucket <= places; bucket++) {
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
  }
  const order = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const bucket = buckets[row] ?? 0;
    const at = starts[bucket] ?? 0;
    order[at] = row;
    starts[bucket] = at + 1;
  }
  return order;
}
