// Letters and digits alone get through, with a point between digits: whatever a phrase holds, it can't end a quoted text,
// open a bracket or name a field. Hyphens part words, as the systems' own indexes do.
const wordPattern = /\p{N}+(?:\.\p{N}+)+|[\p{L}\p{N}\p{M}]+/gu;

/** The words of a phrase, lower case; a possessive 's is dropped. */
export function phraseWords(phrase: string): string[] {
  const plain = phrase
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]s(?![\p{L}\p{N}])/gu, '');
  return plain.match(wordPattern) ?? [];
}

/** Words that systems do not index, or that stand between the words of a phrase without meaning of their own. */
const stopWords: ReadonlySet<string> = new Set(
  'a an and any are as at be but by for from in into is it its of on or such that the their then there these this to was were with'.split(
    ' ',
  ),
);

/** Whether a word is too common to be searched for by itself. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}

/** A run of words without stop words, and how many words stood between each and the one before it, itself counted. */
export function searchedWords(words: readonly string[]): {
  readonly words: readonly string[];
  readonly gap: number;
} {
  const kept = words.filter((word) => !isStopWord(word));
  if (kept.length === 0) return { words, gap: 1 };
  let gap = 1;
  let last = -1;
  for (const [at, word] of words.entries()) {
    if (isStopWord(word)) continue;
    if (last >= 0) gap = Math.max(gap, at - last);
    last = at;
  }
  return { words: kept, gap };
}

const shortestStem = 4;

/**
 * The beginning of a word that its singular and its plural share, to be followed by a truncation mark; null where less
 * than four letters are left, or it is no word of Latin letters.
 */
export function truncationStem(word: string): string | null {
  if (!/^[\p{Script=Latin}\p{M}]+$/u.test(word)) return null;
  const stem = pluralStem(word);
  return stem.length >= shortestStem ? stem : null;
}

function pluralStem(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return word.slice(0, -3);
  if (/[^aeiou]y$/.test(word)) return word.slice(0, -1);
  if (/(?:ch|sh|ss|x|z)es$/.test(word)) return word.slice(0, -2);
  if (/[^aious]s$/.test(word)) return word.slice(0, -1);
  return word;
}
