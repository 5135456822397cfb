import type { QueryExpression, QueryField, QueryParts } from './query-options.ts';
import { anyOf, bareWords, quoted, type WordWriting } from './query-terms.ts';
import { searchedWords } from './query-words.ts';

// Operators, truncation and the limit of a line: https://intelligence.help.questel.com/en/support/solutions/articles/77000437870.
// W: directly behind each other. Fields behind a group, /TI/AB/CLMS, and symbols as G06F-009/5072/CPC, as Orbit's users
// write them in public code.
const longestLine = 10_000;

const suffixes: Readonly<Record<QueryField, string>> = {
  title: '/TI',
  abstract: '/AB',
  claims: '/CLMS',
  'full-text': '/TX',
};

/** The query for the command line of Orbit Intelligence (Questel). */
export function orbitQuery({ phrases, symbol, options }: QueryParts): QueryExpression {
  const writing: WordWriting = {
    mark: '+',
    truncation: options.truncation,
    reserved: /^(?:and|or|not|same|\d*[wdsplfn])$/,
  };
  const group = anyOf(phrases.map((words) => term(words, options.proximity, writing)));
  const inBrackets = group.startsWith('(') ? group : `(${group})`;
  const text = inBrackets + [...new Set(options.fields.map((field) => suffixes[field]))].join('');
  const classed = symbol === null ? text : `${text} AND (${classTerm(symbol)})/CPC`;
  const notices =
    classed.length > longestLine
      ? [
          `The query has ${classed.length} characters; a line of Orbit has at most ${longestLine}. Choose fewer phrases.`,
        ]
      : [];
  return { text: classed, notices };
}

/** `A47B1/03` as `A47B-001/03`, `A47` as `A47+`. */
function classTerm(symbol: string): string {
  const [, subclass = symbol, group, rest] = /^([A-HY]\d\d[A-Z])(\d+)(?:\/(\d+))?$/.exec(symbol) ?? [];
  if (group === undefined) return `${subclass}+`;
  return `${subclass}-${group.padStart(3, '0')}/${rest ?? '+'}`;
}

function term(words: readonly string[], proximity: number | null, writing: WordWriting): string {
  const searched = searchedWords(words).words;
  if (proximity !== null && searched.length > 1) {
    return `(${bareWords(searched, writing).join(` ${proximity}D `)})`;
  }
  if (words.length === 1 || writing.truncation) {
    const bare = bareWords(words, writing);
    return bare.length === 1 ? bare[0]! : `(${bare.join(' W ')})`;
  }
  return quoted(words);
}
