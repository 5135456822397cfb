const ascii = /^[\x20-\x7e]*$/;
const punctuation = '\\p{P}\\u0021-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u007E';
const wordOrMark = new RegExp(`[^\\s${punctuation}]+|[${punctuation}]`, 'gu');
const control = /^(?:[\p{Cf}\p{Co}\p{Cs}]|(?![\t\n\r])\p{Cc})$/u;
// The blocks that BERT sets apart as one word a character; planes above the first are not split, as in transformers.js.
const ideograph = /[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]/g;

/** The words and punctuation marks of a text: lower case, no accents, as BertNormalizer and BertPreTokenizer give them. */
export function splitWords(text: string): string[] {
  return ascii.test(text) ? splitAscii(text.toLowerCase()) : splitUnicode(text);
}

function splitAscii(text: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) {
      if (start < 0) start = i;
      continue;
    }
    if (start >= 0) {
      words.push(text.slice(start, i));
      start = -1;
    }
    if (code !== 32) words.push(text[i] as string);
  }
  if (start >= 0) words.push(text.slice(start));
  return words;
}

function splitUnicode(text: string): string[] {
  let clean = '';
  for (const char of text) {
    if (char === '\0' || char === '\uFFFD' || control.test(char)) continue;
    clean += /^\s$/.test(char) ? ' ' : char;
  }
  const bare = clean
    .replace(ideograph, ' $& ')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
  return bare.trim().match(wordOrMark) ?? [];
}
