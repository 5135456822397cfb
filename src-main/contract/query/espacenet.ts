import type { QueryExpression, QueryField, QueryParts } from './query-options.ts';
import { anyOf, bareWords, quoted, stemOf, type WordWriting } from './query-terms.ts';
import { searchedWords } from './query-words.ts';

// Espacenet pocket guide: https://www.scribd.com/document/618407563/espacenet-pocket-guide-en (fields, prox/distance<n,
// prox/distance<n/ordered). Fields: https://gr.espacenet.com/help?locale=gr_GR&method=handleHelpTopic&topic=fieldidentifier
// (claims, not cl: that is IPC and CPC). Wildcards, also within quotes, three letters before *:
// https://be.espacenet.com/help?locale=nl_BE&method=handleHelpTopic&topic=truncation. Limits and stop words:
// https://pt.espacenet.com/help?locale=pt_PT&method=handleHelpTopic&topic=limitations.
const mostTerms = 20;

const fieldNames: Readonly<Record<QueryField, string>> = {
  title: 'ti',
  abstract: 'ab',
  claims: 'claims',
  'full-text': 'ftxt',
};

/** The query in the smart search of Espacenet. */
export function espacenetQuery({ phrases, symbol, options }: QueryParts): QueryExpression {
  const writing: WordWriting = {
    mark: '*',
    truncation: options.truncation,
    reserved: /^(?:and|or|not|prox|any|all|within)$/,
  };
  const fields = fieldsOf(options.fields);
  const terms = phrases.flatMap((words) =>
    fields.map((field) => term(words, field, options.proximity, writing)),
  );
  const distinct = new Set(terms).size;
  const notices =
    distinct > mostTerms
      ? [
          `Espacenet names a limit of ${mostTerms} search terms; this query has ${distinct}. Choose fewer phrases if it is refused.`,
        ]
      : [];
  // A group has the groups beneath it only with /low; a class has everything in it.
  const classed = symbol === null ? '' : ` AND cpc=${symbol}${symbol.includes('/') ? '/low' : ''}`;
  return { text: anyOf(terms) + classed, notices };
}

function fieldsOf(fields: readonly QueryField[]): string[] {
  const both = fields.includes('title') && fields.includes('abstract');
  const names = fields.map((field) =>
    both && (field === 'title' || field === 'abstract') ? 'ta' : fieldNames[field],
  );
  return [...new Set(names)];
}

function term(
  words: readonly string[],
  field: string,
  proximity: number | null,
  writing: WordWriting,
): string {
  const searched = searchedWords(words);
  const apart =
    proximity !== null
      ? `prox/distance<=${proximity}`
      : // Stop words are not searchable: the others are as far apart as these make them, in their order.
        searched.words.length < words.length
        ? `prox/distance<=${searched.gap}/ordered`
        : null;
  if (searched.words.length > 1 && apart !== null) {
    return `(${bareWords(searched.words, writing)
      .map((word) => `${field}=${word}`)
      .join(` ${apart} `)})`;
  }
  const [last = ''] = searched.words.slice(-1);
  const stem = stemOf(last, writing);
  const end = stem === null ? last : `${stem}${writing.mark}`;
  return `${field}=${quoted([...searched.words.slice(0, -1), end])}`;
}
