/** Columns of a worksheet: A to XFD. */
export const mostColumns = 16_384;

/** Rows of a worksheet. */
export const mostRows = 1_048_576;

/** The place of the column that a reference such as `AB12` names, counted from 0; null where it names none. */
export function columnOf(reference: string): number | null {
  let column = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    const letter = (reference.charCodeAt(at) | 32) - 96;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return at === 0 || column > mostColumns ? null : column - 1;
}

/** The letters of a column counted from 0: `A`, `Z`, `AA`. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
