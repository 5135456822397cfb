import { defaultQueryOptions, queryExpression, querySystems } from '../../contract/query/query-expression.ts';
import type {
  QueryExpression,
  QueryField,
  QueryOptions,
  QuerySyntax,
} from '../../contract/query/query-options.ts';
import type { Option, OptionValues } from '../command.ts';
import { numberOption, textOption } from '../parse-command.ts';
import { UsageError } from '../usage-error.ts';

const syntaxes = Object.keys(querySystems) as readonly QuerySyntax[];
const allFields: readonly QueryField[] = ['title', 'abstract', 'claims', 'full-text'];

/** The options by which ranked phrases become a query. */
export const queryOptions: Readonly<Record<string, Option>> = {
  query: {
    type: 'string',
    value: 'SYSTEM',
    help: `print the results as a query for ${syntaxes.join(', ')} instead of a table`,
  },
  fields: {
    type: 'string',
    value: 'FIELD,…',
    help: `where the query looks: ${allFields.join(', ')}; default ${defaultQueryOptions.fields.join(',')}`,
  },
  proximity: {
    type: 'string',
    value: 'N',
    help: 'let the words of a phrase stand in any order up to N words apart, 1 to 99',
  },
  'no-truncation': {
    type: 'boolean',
    help: 'look for the words of the query as they are, not for other endings',
  },
  'no-class': { type: 'boolean', help: 'leave the class out of the query' },
};

/** What a query is made of ranked phrases. */
export interface RankQuery {
  readonly syntax: QuerySyntax;
  write(phrases: readonly string[], symbol: string): QueryExpression;
}

/** The query that was asked for; null where none was. */
export function rankQuery(options: OptionValues): RankQuery | null {
  const asked = textOption(options, 'query');
  const made = {
    fields: fieldsOf(textOption(options, 'fields')),
    proximity:
      options['proximity'] === undefined
        ? null
        : numberOption(options, 'proximity', { min: 1, max: 99, default: 1 }, 'rank'),
    truncation: options['no-truncation'] !== true,
  } satisfies QueryOptions;
  if (asked === null) {
    const lone = Object.keys(queryOptions).find((name) => name !== 'query' && options[name] !== undefined);
    if (lone === undefined) return null;
    throw new UsageError(`--${lone} says how a query is made; pass --query SYSTEM too.`, 'rank');
  }
  const syntax = syntaxes.find((name) => name === asked);
  if (syntax === undefined) {
    throw new UsageError(`--query: found "${asked}", expected one of ${syntaxes.join(', ')}.`, 'rank');
  }
  const classed = options['no-class'] !== true;
  return {
    syntax,
    write: (phrases, symbol) => queryExpression(syntax, { phrases, symbol: classed ? symbol : null }, made),
  };
}

function fieldsOf(text: string | null): readonly QueryField[] {
  if (text === null) return defaultQueryOptions.fields;
  return text.split(',').map((part) => {
    const field = allFields.find((name) => name === part.trim());
    if (field !== undefined) return field;
    throw new UsageError(`--fields: found "${part}", expected some of ${allFields.join(', ')}.`, 'rank');
  });
}
