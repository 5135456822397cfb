import type { CpcLevel } from './symbol.ts';
import { sentenceCase } from './sentence-case.ts';

// A reference names a subclass or group (`A01G3/06`), a class at the end of a piece (`in general B65`), or sends
// the reader elsewhere in words. A lone `C15` or `Y23+O3` is chemistry and stays.
const reference =
  /\b[A-HY]\d\d[A-Z](?![a-z])|[\p{L},;] [A-HY]\d\d(?=$|[,;]| -| or\b| and\b| take)|\btakes? precedence\b|\bsee\b/u;

// The official lists name drawings of formulas in this way.
const image = /\[IMAGE [^\]]*\]/g;

/**
 * A title as a phrase: the braces that mark CPC-only text are taken off, brackets that hold references are taken
 * out, `(PCB)` stays; the capitals of section, class and subclass titles become sentence case.
 */
export function titlePhrase(title: string, level: CpcLevel): string {
  const words = title.replace(/[{}]/g, '').replace(image, ' ');
  const phrase = tidy(withoutReferences(words));
  const kept = phrase === '' ? tidy(words) : phrase;
  return level === 'group' || level === 'subgroup' ? kept : sentenceCase(kept);
}

/** Takes out the outermost brackets that hold a reference; closing brackets too many are dropped. */
function withoutReferences(text: string): string {
  let kept = '';
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '(') {
      if (depth === 0) {
        kept += text.slice(start, at);
        start = at;
      }
      depth++;
    } else if (char === ')' && depth > 0) {
      depth--;
      if (depth > 0) continue;
      const bracket = text.slice(start, at + 1);
      kept += reference.test(bracket.slice(1, -1)) ? ' ' : bracket;
      start = at + 1;
    } else if (char === ')') {
      kept += text.slice(start, at);
      start = at + 1;
    }
  }
  const rest = text.slice(start);
  if (depth > 0 && reference.test(rest)) return kept;
  return kept + (depth > 0 ? rest.replace('(', '') : rest);
}

function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ (?=[;,.:](?:\s|$|[;,]))/g, '')
    .replace(/[;,](?=[;,])/g, '')
    .replace(/(?<=\p{Ll}{2}[;,])(?=\p{Ll}{2})/gu, ' ')
    .replace(/^[\s;,]+|[\s;,]+$/g, '')
    .replace(/ +/g, ' ');
}
