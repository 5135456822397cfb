/** A row to learn from: token ids with the special ones in place, and a label in [0, 1]. */
export interface Example {
  readonly ids: Int32Array;
  readonly label: number;
}
