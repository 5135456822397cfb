import { call } from '../call.ts';
import type { Command } from '../command.ts';
import { jobResultWords } from '../job-result-words.ts';
import { tableLines } from '../terminal/table.ts';

/** Lists the jobs of the workspace. */
export const jobsList: Command = {
  name: 'jobs list',
  words: [],
  summary: 'List long work, the newest first: imports, scorings, exports, embeddings, trainings.',
  options: {},
  async run({ app: open, print, bold, columns }) {
    const jobs = await call(await open(), 'jobs.list', {});
    print({ jobs }, () => {
      if (jobs.length === 0) return ['There are no jobs.'];
      const [titles = '', ...lines] = tableLines(
        [
          { title: 'Job', align: 'right' },
          { title: 'State', align: 'left' },
          { title: 'Done', align: 'right' },
          { title: 'Changed', align: 'left' },
          { title: 'What', align: 'left', flexible: true },
        ],
        jobs.map(({ id, state, done, total, updatedAt, title, error, result }) => [
          String(id),
          state,
          total === null || total === 0 ? String(done) : `${Math.floor((100 * done) / total)} %`,
          updatedAt.slice(0, 16).replace('T', ' '),
          [
            title,
            ...(error === null ? [] : [error]),
            ...(result === null ? [] : [jobResultWords(result)]),
          ].join(': '),
        ]),
        columns,
      );
      return [bold(titles), ...lines];
    });
  },
};
