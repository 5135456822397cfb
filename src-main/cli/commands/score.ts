import type { Command } from '../command.ts';
import { textOption } from '../parse-command.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { UsageError } from '../usage-error.ts';

/** Scores the rows of a CSV into another. */
export const score: Command = {
  name: 'score',
  words: ['IN.csv', 'OUT.csv'],
  summary: 'Score the rows of IN.csv (anchor, target, context) into OUT.csv.',
  options: {
    mode: { type: 'string', value: 'pair', help: 'score each row by itself: the only mode of this version' },
    scorer: { type: 'string', value: 'ID', help: 'the scorer pack to use; default: the one in use' },
  },
  async run({ words, options, app: open, print, onProgress, signal }) {
    const [input = '', output = ''] = words;
    const mode = textOption(options, 'mode') ?? 'pair';
    if (mode === 'list') throw new UsageError('--mode list is not in this version; --mode pair is.', 'score');
    if (mode !== 'pair') throw new UsageError(`--mode: found "${mode}", expected pair.`, 'score');
    const scorer = textOption(options, 'scorer');
    const app = await open();
    const scoring = { input, output, mode, ...(scorer === null ? {} : { scorer }) } as const;
    const result = await app.scoreFile(scoring, onProgress, signal);
    print(result, () => [
      `Scored ${result.scored} of ${result.rows} rows with ${escapeText(result.scorer)} into ${escapeText(result.output)}.`,
      ...(result.failed > 0
        ? [`${result.failed} rows could not be scored; the last column, error, says why.`]
        : []),
      ...(result.twice.length > 0
        ? [
            `The input has columns named ${result.twice.join(', ')} too; those of Priorphrase are the last four.`,
          ]
        : []),
    ]);
  },
};
