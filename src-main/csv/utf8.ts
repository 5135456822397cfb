/** How many bytes at the end begin a character of UTF-8 that they do not end: 0 to 3. */
export function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

/** The bytes of the character that begins here, 1 to 4, or 0 where none does (Unicode 16, table 3-7). */
export function characterBytes(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const second = bytes[at + 1] ?? 0;
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let next = 2; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** The text of bytes that are not all UTF-8; each byte that belongs to no character becomes U+DC00 and the byte. */
export function mendedUtf8(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  let count = 0;
  for (let at = 0; at < bytes.length;) {
    const length = characterBytes(bytes, at);
    const first = bytes[at]!;
    if (length <= 1) {
      units[count++] = length === 1 ? first : 0xdc00 + first;
      at++;
      continue;
    }
    let code = first & (0x7f >> length);
    for (let next = 1; next < length; next++) code = (code << 6) | (bytes[at + next]! & 0x3f);
    if (code < 0x10000) {
      units[count++] = code;
    } else {
      units[count++] = 0xd800 + ((code - 0x10000) >> 10);
      units[count++] = 0xdc00 + ((code - 0x10000) & 0x3ff);
    }
    at += length;
  }
  return Buffer.from(units.buffer, 0, count * 2).toString('utf16le');
}
