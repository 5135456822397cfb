/**
 * The phrases that a title phrase is made of: the titles of classes are lists, `Coffee mills; Spice mills`, and each
 * member is what an analyst looks for. Splits at semicolons outside of brackets; never empty for a non-empty phrase.
 */
export function titlePhrases(phrase: string): readonly string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < phrase.length; at++) {
    const char = phrase[at];
    if (char === '(' || char === '[') depth++;
    else if ((char === ')' || char === ']') && depth > 0) depth--;
    else if (char === ';' && depth === 0) {
      pieces.push(phrase.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(phrase.slice(start));
  const members = pieces.map((piece) => piece.trim()).filter((piece) => /\p{L}/u.test(piece));
  return members.length === 0 ? [phrase] : [...new Set(members)];
}
