type Numbers = Int32Array | Float64Array | Uint8Array;

/** A column that is filled piece by piece. */
export interface Growing<Column extends Numbers> {
  add(values: readonly number[]): void;
  /** The column, no longer than what was added. */
  filled(): Column;
}

/** An empty column with room for as many rows as are expected; it grows where there are more. */
export function growing<Column extends Numbers>(
  Make: new (length: number) => Column,
  expected: number,
): Growing<Column> {
  let column = new Make(expected);
  let length = 0;
  return {
    add(values) {
      if (length + values.length > column.length) {
        const larger = new Make(Math.ceil(1.5 * (length + values.length)));
        larger.set(column.subarray(0, length));
        column = larger;
      }
      column.set(values, length);
      length += values.length;
    },
    filled: () => column.subarray(0, length) as Column,
  };
}
