import { splitWords } from '../../../src-main/engine/text/split-words.ts';

// Basic Latin to Cyrillic with the Greek between, then punctuation, super- and subscripts, currency, letter-like
// symbols, number forms, arrows, mathematical operators and technical symbols.
const ranges: readonly (readonly [number, number])[] = [
  [0x21, 0x24f],
  [0x370, 0x45f],
  [0x1e00, 0x1eff],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x2070, 0x209c],
  [0x20a0, 0x20bf],
  [0x2100, 0x23ff],
  [0x25a0, 0x25ff],
];

/** Single characters that are pieces at the start of a word and within one, so that no word in these scripts is unknown. */
export function alphabetPieces(): string[] {
  const characters = new Set<string>();
  for (const [first, last] of ranges) {
    for (let code = first; code <= last; code++) {
      // Through the tokeniser, which lower-cases and strips accents: only what comes out can ever be looked up.
      for (const word of splitWords(String.fromCodePoint(code)))
        for (const char of word) characters.add(char);
    }
  }
  return [...characters]
    .sort()
    .flatMap((char) => (/\p{P}|[!-/:-@[-`{-~]/u.test(char) ? [char] : [char, `##${char}`]));
}
