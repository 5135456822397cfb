// Workbooks write characters that XML forbids as _xHHHH_, and an underscore that only looks like that as _x005F_
// (ECMA-376 part 1, 22.9.2.19 ST_Xstring).

/** A text as it was before it was written into a workbook. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

// Carriage returns too: XML readers turn them into line feeds. Lone surrogates and the two non-characters are no XML.
const forbidden =
  /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|_(?=x[0-9A-Fa-f]{4}_)/g;
const special = /[&<>]/g;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A text as a workbook holds it between tags. */
export function escapeText(text: string): string {
  return text
    .replace(
      forbidden,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(special, (character) => entities[character]!);
}

/** A text as an attribute of a part holds it. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
