import { espacenetQuery } from './espacenet.ts';
import { googlePatentsQuery } from './google-patents.ts';
import { lensQuery } from './lens.ts';
import { orbitQuery } from './orbit.ts';
import type { QueryExpression, QueryOptions, QueryParts, QuerySyntax } from './query-options.ts';
import { phraseWords } from './query-words.ts';

/** The systems by the names that users know them by. */
export const querySystems: Readonly<Record<QuerySyntax, string>> = {
  espacenet: 'Espacenet',
  'google-patents': 'Google Patents',
  lens: 'The Lens',
  orbit: 'Orbit',
};

/** What most users want: the phrases in titles and abstracts, with their plurals. */
export const defaultQueryOptions: QueryOptions = {
  truncation: true,
  proximity: null,
  fields: ['title', 'abstract'],
};

const writers: Readonly<Record<QuerySyntax, (parts: QueryParts) => QueryExpression>> = {
  espacenet: espacenetQuery,
  'google-patents': googlePatentsQuery,
  lens: lensQuery,
  orbit: orbitQuery,
};

/**
 * The query that finds documents with any of some phrases, in a class where one is given, in the syntax of a system.
 * Nothing in a phrase can become an operator; phrases that come to the same are searched once.
 */
export function queryExpression(
  syntax: QuerySyntax,
  { phrases, symbol = null }: { readonly phrases: readonly string[]; readonly symbol?: string | null },
  options: QueryOptions = defaultQueryOptions,
): QueryExpression {
  const words = phrases.map(phraseWords);
  const usable = words.filter(({ length }) => length > 0);
  const notices: string[] = [];
  if (usable.length < words.length) {
    const left = words.length - usable.length;
    notices.push(
      `${left} ${left === 1 ? 'phrase has' : 'phrases have'} no letters or digits and can't be searched for.`,
    );
  }
  if (usable.length === 0) return { text: '', notices: [...notices, 'There is no phrase to search for.'] };
  const checked = symbol === null || symbol.trim() === '' ? null : classSymbol(symbol);
  if (checked === undefined) notices.push(`"${symbol}" is no CPC symbol; the query has no class.`);
  const proximity =
    options.proximity === null ? null : Math.min(99, Math.max(1, Math.round(options.proximity)));
  const fields = options.fields.length === 0 ? defaultQueryOptions.fields : options.fields;
  const expression = writers[syntax]({
    phrases: usable,
    symbol: checked ?? null,
    options: { truncation: options.truncation, proximity, fields },
  });
  return { text: expression.text, notices: [...notices, ...expression.notices] };
}

/** A symbol as the systems take it; undefined where it is none. */
function classSymbol(symbol: string): string | undefined {
  const plain = symbol.replace(/\s+/g, '').toUpperCase();
  return /^[A-HY](?:\d\d(?:[A-Z](?:[1-9]\d{0,3}(?:\/\d{2,6})?)?)?)?$/.test(plain) ? plain : undefined;
}
