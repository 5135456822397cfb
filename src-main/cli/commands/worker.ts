import type { Command } from '../command.ts';
import { textOption } from '../parse-command.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { UsageError } from '../usage-error.ts';

/** Scores chunks for `score --queue` on another machine, until it is interrupted. */
export const worker: Command = {
  name: 'worker',
  words: [],
  summary: 'Score for "score --queue" of another machine, until interrupted.',
  options: {
    queue: {
      type: 'string',
      value: 'URL',
      required: true,
      help: 'the Redis server, such as redis://host:6379, or rediss:// for an encrypted connection',
    },
    scorer: { type: 'string', value: 'ID', help: 'the scorer pack to use; default: the one in use' },
  },
  async run({ options, app: open, print, note, onProgress, signal }) {
    const queue = textOption(options, 'queue') ?? '';
    if (queue === '') throw new UsageError('--queue URL is missing: the Redis server.', 'worker');
    const scorer = textOption(options, 'scorer');
    const app = await open();
    let pairs = 0;
    let failed = 0;
    await app.workQueue({
      queue,
      ...(scorer === null ? {} : { scorer }),
      signal,
      onReady: ({ id, hash }) => note(`Scoring with ${id} (${hash.slice(0, 12)}); press Ctrl+C to stop.`),
      onChunk(scored, error) {
        if (error === null) pairs += scored;
        else failed++;
        if (error !== null) note(`A chunk failed and is given out again: ${error.message}`);
        onProgress(pairs, null, 'Scoring pairs');
      },
    });
    print({ pairs, failed }, () => [
      `Scored ${pairs} pairs for ${escapeText(queue.replace(/:[^:@/]+@/, ':***@'))}.`,
      ...(failed > 0 ? [`${failed} chunks failed here and were given out again.`] : []),
    ]);
  },
};
