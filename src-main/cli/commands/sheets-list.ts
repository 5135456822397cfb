import { call } from '../call.ts';
import type { Command } from '../command.ts';
import { tableLines } from '../terminal/table.ts';

/** Lists the sheets of the workspace. */
export const sheetsList: Command = {
  name: 'sheets list',
  words: [],
  summary: 'List the sheets: the files that were imported, with their rows and scores.',
  options: {},
  async run({ app: open, print, bold, columns }) {
    const sheets = await call(await open(), 'sheets.list', {});
    print({ sheets }, () => {
      if (sheets.length === 0) return ['There are no sheets.'];
      const [titles = '', ...lines] = tableLines(
        [
          { title: 'Sheet', align: 'right' },
          { title: 'Rows', align: 'right' },
          { title: 'Bad', align: 'right' },
          { title: 'Scored', align: 'right' },
          { title: 'Library', align: 'left' },
          { title: 'Name', align: 'left', flexible: true },
        ],
        sheets.map(({ id, rows, bad, scored, library, name, complete }) => [
          String(id),
          String(rows),
          String(bad),
          String(scored),
          library ?? '–',
          complete ? name : `${name} (import unfinished)`,
        ]),
        columns,
      );
      return [bold(titles), ...lines];
    });
  },
};
