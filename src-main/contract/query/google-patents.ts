import type { QueryExpression, QueryField, QueryParts } from './query-options.ts';
import { anyOf, bareWords, quoted, stemOf, type WordWriting } from './query-terms.ts';
import { searchedWords } from './query-words.ts';

// Google's own page: https://support.google.com/faqs/answer/7049475. Operators as others describe them, TI= AB= CL= and
// ADJ/x: https://batonrougepatentattorney.com/2019/10/17/google-patents-glossary-2; NEAR/x: a maximum of x words away,
// in any order: https://www.greyb.com/google-patent-search-tips/.
const longestAddress = 2000;

const prefixes: Readonly<Record<Exclude<QueryField, 'full-text'>, string>> = {
  title: 'TI',
  abstract: 'AB',
  claims: 'CL',
};

/** The query for the search box of Google Patents. */
export function googlePatentsQuery({ phrases, symbol, options }: QueryParts): QueryExpression {
  const writing: WordWriting = {
    mark: '*',
    truncation: options.truncation,
    reserved: /^(?:and|or|not|with|same|near|adj|ti|ab|cl|cpc|(?:near|adj)\d+|\d+w)$/,
  };
  const group = anyOf(phrases.map((words) => term(words, options.proximity, writing)));
  const inBrackets = group.startsWith('(') ? group : `(${group})`;
  // What has no prefix is looked for everywhere, in the other fields too.
  const text = options.fields.includes('full-text')
    ? inBrackets
    : anyOf(options.fields.map((field) => `${prefixes[field as keyof typeof prefixes]}=${inBrackets}`));
  const classed = symbol === null ? text : `${text} CPC=${symbol}/low`;
  const notices =
    classed.length > longestAddress
      ? [
          `The query has ${classed.length} characters; Google Patents may cut what is longer than an address. Choose fewer phrases.`,
        ]
      : [];
  return { text: classed, notices };
}

function term(words: readonly string[], proximity: number | null, writing: WordWriting): string {
  const searched = searchedWords(words).words;
  if (proximity !== null && searched.length > 1) {
    return `(${bareWords(searched, writing).join(` NEAR/${proximity} `)})`;
  }
  const stem = stemOf(words.at(-1) ?? '', writing);
  if (stem === null) return quoted(words);
  const before = words.slice(0, -1);
  // No wildcard works for sure within quotes: the last word stands beside the others, directly behind them.
  return before.length === 0 ? `${stem}${writing.mark}` : `(${quoted(before)} ADJ/1 ${stem}${writing.mark})`;
}
