import { call } from '../call.ts';
import type { Command } from '../command.ts';
import { numberOption } from '../parse-command.ts';
import { tableLines } from '../terminal/table.ts';

/** Searches the CPC titles. */
export const cpcSearch: Command = {
  name: 'cpc search',
  words: ['WORDS…'],
  summary: 'Search the CPC titles by words, parts of words, or the beginning of a symbol.',
  options: { limit: { type: 'string', value: 'N', help: 'how many results to print, 1 to 200; default 20' } },
  async run({ words, options, app: open, print, bold, columns }) {
    const limit = numberOption(options, 'limit', { min: 1, max: 200, default: 20 }, 'cpc search');
    const results = await call(await open(), 'cpc.search', { query: words.join(' '), limit });
    print({ results }, () => {
      if (results.length === 0) return ['Nothing was found.'];
      const [titles = '', ...lines] = tableLines(
        [
          { title: 'Symbol', align: 'left' },
          { title: 'Title', align: 'left', flexible: true },
        ],
        results.map((entry) => [entry.symbol, entry.phrase]),
        columns,
      );
      return [bold(titles), ...lines];
    });
  },
};
