import type { QueryExpression, QueryField, QueryParts } from './query-options.ts';
import { anyOf, quoted, stemOf, type WordWriting } from './query-terms.ts';
import { searchedWords } from './query-words.ts';

// Search syntax: https://support.lens.org/help-resources/basic-help/search-syntax/ (a form of Lucene's:
// https://lucene.apache.org/core/4_5_1/queryparser/org/apache/lucene/queryparser/classic/package-summary.html).
// Fields: https://support.lens.org/knowledge-base/patent-field-definition/ and https://docs.api.lens.org. Documents are
// indexed by CPC group alone, so that a class is a beginning.
const mostClauses = 1000;

const fieldNames: Readonly<Record<QueryField, readonly string[]>> = {
  title: ['title'],
  abstract: ['abstract'],
  claims: ['claim'],
  'full-text': ['title', 'abstract', 'claim', 'description'],
};

/** The query for The Lens. */
export function lensQuery({ phrases, symbol, options }: QueryParts): QueryExpression {
  const writing: WordWriting = { mark: '*', truncation: options.truncation, reserved: /^(?:and|or|not|to)$/ };
  const group = anyOf(phrases.map((words) => term(words, options.proximity, writing)));
  const fields = [...new Set(options.fields.flatMap((field) => fieldNames[field]))];
  const text = anyOf(fields.map((field) => `${field}:${group}`));
  const notices: string[] = [];
  const clauses = new Set(phrases.map((words) => words.join(' '))).size * fields.length;
  if (clauses > mostClauses) {
    notices.push(
      `This query has ${clauses} parts; The Lens may refuse more than ${mostClauses}. Choose fewer phrases.`,
    );
  }
  if (options.truncation && phrases.some((words) => words.length > 1)) {
    notices.push(
      'The Lens takes no wildcard within a phrase: only single words are truncated. Keep its stemming on, which finds plurals.',
    );
  }
  return { text: symbol === null ? text : `${text} AND class_cpc.symbol:${classPattern(symbol)}`, notices };
}

// A slash would begin a regular expression. The groups beneath a main group share its beginning up to the slash.
function classPattern(symbol: string): string {
  return `${symbol.replace(/\/0+$/, '/').replace('/', '\\/')}*`;
}

function term(words: readonly string[], proximity: number | null, writing: WordWriting): string {
  const searched = searchedWords(words).words;
  if (proximity !== null && searched.length > 1) return `${quoted(searched)}~${proximity}`;
  const stem = words.length === 1 ? stemOf(words[0]!, writing) : null;
  return stem === null ? quoted(words) : `${stem}${writing.mark}`;
}
