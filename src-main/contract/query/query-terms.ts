import { isStopWord, truncationStem } from './query-words.ts';

/** How a system writes a word outside quotation marks. */
export interface WordWriting {
  /** What stands for any ending. */
  readonly mark: string;
  readonly truncation: boolean;
  /** Words that the system would take for operators. */
  readonly reserved: RegExp;
}

/** The words as they stand outside quotation marks: the last one truncated where that is asked for, operators quoted. */
export function bareWords(words: readonly string[], writing: WordWriting): string[] {
  return words.map((word, at) => {
    const stem = at === words.length - 1 ? stemOf(word, writing) : null;
    if (stem !== null) return stem + writing.mark;
    return isReserved(word, writing) ? quoted([word]) : word;
  });
}

/** A word's truncated beginning; null where it stays whole. */
export function stemOf(word: string, { truncation, reserved }: WordWriting): string | null {
  if (!truncation || isStopWord(word) || reserved.test(word)) return null;
  return truncationStem(word);
}

/** Words in quotation marks. */
export function quoted(words: readonly string[]): string {
  return `"${words.join(' ')}"`;
}

/** Terms, each once, any of which is enough; brackets only where there are several. */
export function anyOf(terms: readonly string[]): string {
  const distinct = [...new Set(terms)];
  return distinct.length === 1 ? distinct[0]! : `(${distinct.join(' OR ')})`;
}

function isReserved(word: string, { reserved }: WordWriting): boolean {
  return isStopWord(word) || reserved.test(word);
}
