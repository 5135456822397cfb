import { AppError } from '../../contract/app-error.ts';
import type { RankedPhrase } from '../../contract/calls.ts';
import { compareRanked } from '../../contract/rank-order.ts';
import { ratingWords } from '../../contract/rating.ts';
import { call } from '../call.ts';
import type { CliApp } from '../cli-app.ts';
import type { Command } from '../command.ts';
import { numberOption, textsOption } from '../parse-command.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { tableLines } from '../terminal/table.ts';
import { queryOptions, rankQuery } from './rank-query.ts';

const maxResults = 500;
// The scorer reorders what the retriever finds: it gets this many even where fewer are shown.
const candidates = 100;

async function libraryIds(app: CliApp, names: readonly string[]): Promise<number[]> {
  if (names.length === 0) return [];
  const libraries = await call(app, 'libraries.list', {});
  return names.map((name) => {
    const found = libraries.find((library) => library.name.toLowerCase() === name.toLowerCase());
    if (found) return found.id;
    const there = libraries.map((library) => library.name);
    throw new AppError(
      'not-found',
      `There is no library "${name}"; there are: ${there.join(', ') || 'none'}.`,
      {
        library: name,
        expected: there,
      },
    );
  });
}

async function scored(app: CliApp, anchor: string, context: string, found: readonly RankedPhrase[]) {
  const phraseIds = found.map((result) => result.phraseId);
  const { scorer, results } = await call(app, 'rank.score', { anchor, context, phraseIds });
  const scores = new Map(results.map((result) => [result.phraseId, result]));
  const ranked = found.map((result) => {
    const { score = null, rating = null, relation = null } = scores.get(result.phraseId) ?? {};
    return { ...result, score, rating, relation };
  });
  ranked.sort(compareRanked);
  return { scorer, ranked };
}

function sourceWords(result: RankedPhrase): string {
  return result.sources
    .map(({ library, symbol }) => (symbol === null ? library : `${library} ${symbol}`))
    .join(', ');
}

/** Ranks the phrases of the libraries by their closeness to an anchor in a class. */
export const rank: Command = {
  name: 'rank',
  words: ['ANCHOR', 'CPC'],
  summary: 'Rank phrases by how close they are to ANCHOR in meaning in the class CPC.',
  options: {
    limit: { type: 'string', value: 'N', help: `how many results to print, 1 to ${maxResults}; default 20` },
    library: {
      type: 'string',
      value: 'NAME',
      multiple: true,
      help: 'search only this library; may be repeated',
    },
    ...queryOptions,
  },
  async run({ words, options, app: open, print, note, bold, columns }) {
    const [anchor = '', context = ''] = words;
    const limit = numberOption(options, 'limit', { min: 1, max: maxResults, default: 20 }, 'rank');
    const query = rankQuery(options);
    const app = await open();
    const found = await call(app, 'rank.retrieve', {
      anchor,
      context,
      limit: Math.max(limit, candidates),
      libraryIds: await libraryIds(app, textsOption(options, 'library')),
    });
    for (const notice of found.notices) note(notice);
    const { scorer, ranked } = await scored(app, anchor, context, found.results);
    const shown = ranked.slice(0, limit).map((result, index) => ({
      rank: index + 1,
      score: result.score,
      rating: result.rating,
      meaning: result.rating === null ? null : ratingWords[result.rating],
      relation: result.relation,
      phrase: result.phrase,
      similarity: result.similarity,
      sources: result.sources.map(({ library, symbol }) => ({ library, symbol })),
    }));
    const phrases = shown.map(({ phrase }) => phrase);
    const expression = query?.write(phrases, found.context.symbol) ?? null;
    for (const notice of expression?.notices ?? []) note(notice);
    const made = query === null ? {} : { query: { system: query.syntax, ...expression } };
    print({ anchor: found.anchor, context: found.context, scorer, results: shown, ...made }, () => {
      if (expression !== null) return [escapeText(expression.text)];
      const [titles = '', ...lines] = tableLines(
        [
          { title: '#', align: 'right' },
          { title: 'Score', align: 'right' },
          { title: 'Meaning', align: 'left' },
          { title: 'Phrase', align: 'left', flexible: true },
          { title: 'Source', align: 'left' },
        ],
        shown.map((result, index) => [
          String(result.rank),
          result.score === null ? '–' : result.score.toFixed(2),
          result.meaning ?? '–',
          result.phrase,
          sourceWords(ranked[index] as RankedPhrase),
        ]),
        columns,
      );
      const head = `${escapeText(found.anchor)} in ${escapeText(found.context.symbol)} (${escapeText(found.context.text)})`;
      return shown.length === 0 ? [head, 'Nothing was found.'] : [bold(head), '', bold(titles), ...lines];
    });
  },
};
