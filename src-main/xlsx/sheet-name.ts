const longest = 31;

/**
 * A name that spreadsheet programs take for a sheet: at most 31 characters, none of `[]:*?/\`, no apostrophe at an end,
 * not the reserved `History`; the second and later sheets of a name get its number.
 */
export function sheetName(wanted: string, number = 1): string {
  const suffix = number === 1 ? '' : ` (${number})`;
  const plain = wanted
    .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[' ]+|[' ]+$/g, '');
  const cut = [...plain].reduce(
    (name, letter) => (name.length + letter.length + suffix.length > longest ? name : name + letter),
    '',
  );
  const name = cut.replace(/[' ]+$/, '') || 'Sheet';
  return (/^history$/i.test(name) && number === 1 ? `${name} list` : name) + suffix;
}
