// What a spreadsheet takes for a formula, after the OWASP page on CSV injection
// (https://owasp.org/www-community/attacks/CSV_Injection): a cell that begins with = + - @, their full-width forms, a tab,
// a carriage return or a line feed. Spaces before a sign are counted in, as some programs drop them; a null byte too, after
// OWASP ASVS 1.2.10.
const sign = /^'*(?:[\t\r\n\0]|\s*[=+\-@＝＋－＠])/;
const number = /^[+-](?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?$/;

/**
 * A cell with an apostrophe before it where a spreadsheet would take it for a formula; a plain number such as -0.5 or +3
 * stays. A cell that has apostrophes before such a sign gets one more, so that taking one away gives every cell back.
 */
export function guardFormula(cell: string): string {
  return sign.test(cell) && !number.test(cell) ? `'${cell}` : cell;
}

/**
 * A cell as it was before `guardFormula`. For files that Priorphrase wrote with the guard: in any other, an apostrophe is
 * the user's own, and reading keeps it.
 */
export function unguardFormula(cell: string): string {
  return cell.startsWith("'") && sign.test(cell) ? cell.slice(1) : cell;
}
