// What the bytes 80 to 9F stand for; five of them stand for nothing.
const upper = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

/** The text of bytes in Windows-1252; the five bytes that stand for nothing become U+DC00 and the byte. */
export function windows1252(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  return /[\x80-\x9f]/.test(text) ? text.replace(/[\x80-\x9f]/g, mend) : text;
}

function mend(char: string): string {
  const code = char.charCodeAt(0);
  const mended = upper[code - 0x80]!;
  return mended === '\0' ? String.fromCharCode(0xdc00 + code) : mended;
}
