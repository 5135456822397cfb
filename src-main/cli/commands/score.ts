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
    mode: {
      type: 'string',
      value: 'pair|list',
      help: 'score each row alone (pair, the default) or with its group (list)',
    },
    scorer: { type: 'string', value: 'ID', help: 'the scorer pack to use; default: the one in use' },
  },
  async run({ words, options, app: open, print, note, onProgress, signal }) {
    const [input = '', output = ''] = words;
    const mode = textOption(options, 'mode') ?? 'pair';
    if (mode !== 'pair' && mode !== 'list') {
      throw new UsageError(`--mode: found "${mode}", expected pair or list.`, 'score');
    }
    const app = await open();
    const request = { input, output, mode, scorer: textOption(options, 'scorer') } as const;
    const result = await app.scoreFile(request, { onProgress, signal });
    for (const notice of result.notices) note(notice);
    print({ ...result, output }, () => [
      `Scored ${result.scored} of ${result.rows} rows with ${escapeText(result.scorer)} into ${escapeText(output)}.`,
      ...(result.refused > 0 ? [`${result.refused} rows could not be scored; their lines say why.`] : []),
    ]);
  },
};
