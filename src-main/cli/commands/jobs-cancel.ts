import { call } from '../call.ts';
import type { Command } from '../command.ts';
import { idWord } from '../id-word.ts';
import { escapeText } from '../terminal/escape-text.ts';

/** Cancels a job that is paused or waits. */
export const jobsCancel: Command = {
  name: 'jobs cancel',
  words: ['ID'],
  summary: 'Cancel a job; half-written files go, all else that it has done is kept.',
  options: {},
  async run({ words, app: open, print }) {
    const id = idWord(words[0], 'jobs cancel');
    const job = await call(await open(), 'jobs.cancel', { id });
    print(job, () => [`Job ${job.id} is ${job.state}: ${escapeText(job.title)}`]);
  },
};
