const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** The words of a phrase key, cut as the word index cuts them. */
export function wordsOf(key: string): string[] {
  return key.match(word) ?? [];
}
