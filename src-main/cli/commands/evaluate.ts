import { ratingWords, type Rating } from '../../contract/rating.ts';
import { badLines } from '../bad-lines.ts';
import type { Evaluation } from '../cli-app.ts';
import type { Command, OptionValues } from '../command.ts';
import { textOption } from '../parse-command.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { tableLines } from '../terminal/table.ts';
import { metricWords } from '../training-watch.ts';
import { UsageError } from '../usage-error.ts';

const ratings: readonly Rating[] = [0, 1, 2, 3, 4];

function confusionLines({ confusion }: Evaluation, columns: number | null): string[] {
  const rows = ratings.map((label) => {
    const row = confusion[label] ?? [];
    const total = row.reduce((sum, count) => sum + count, 0);
    return [`${label} ${ratingWords[label]}`, String(total), ...row.map(String)];
  });
  const titles = ratings.map((rating) => ({ title: `as ${rating}`, align: 'right' as const }));
  return tableLines(
    [{ title: 'Label', align: 'left' }, { title: 'Rows', align: 'right' }, ...titles],
    rows,
    columns,
  );
}

function calibrationLines({ calibration }: Evaluation, columns: number | null): string[] {
  const mean = (value: number | null): string => (value === null ? '' : value.toFixed(3));
  return tableLines(
    [
      { title: 'Score', align: 'left' },
      { title: 'Rows', align: 'right' },
      { title: 'Mean score', align: 'right' },
      { title: 'Mean label', align: 'right' },
    ],
    calibration.map(({ from, to, rows, meanScore, meanLabel }) => [
      `${from.toFixed(1)} to ${to.toFixed(1)}`,
      String(rows),
      mean(meanScore),
      mean(meanLabel),
    ]),
    columns,
  );
}

function warningOf({ trainedOn, scorer, split }: Evaluation): string | null {
  if (split !== 'all rows') return null;
  if (trainedOn === null) {
    return `The pack of ${scorer} does not say which anchors it was trained on; labels it has seen would flatter it.`;
  }
  if (trainedOn.anchors === 0) return null;
  return (
    `${scorer} was trained on ${trainedOn.anchors} anchors of this file (${trainedOn.rows} rows): the figures flatter it. ` +
    'With --unseen, their rows are left out.'
  );
}

function modeOption(options: OptionValues): 'pair' | 'list' {
  const text = textOption(options, 'mode') ?? 'pair';
  if (text === 'pair' || text === 'list') return text;
  throw new UsageError(`--mode: found "${text}", expected pair or list.`, 'evaluate');
}

/** Compares a scorer with labels. */
export const evaluate: Command = {
  name: 'evaluate',
  words: ['LABELS.csv'],
  summary: 'Compare the scores of labelled pairs (anchor, target, context, score) with their labels.',
  options: {
    scorer: { type: 'string', value: 'ID', help: 'the scorer pack to evaluate; default: the one in use' },
    mode: {
      type: 'string',
      value: 'pair|list',
      help: 'score each pair alone (default), or each target among those of its anchor and class',
    },
    unseen: { type: 'boolean', help: 'leave out the rows whose anchors the scorer was trained on' },
  },
  async run({ words, options, app: open, print, note, bold, columns, onProgress, signal }) {
    const [labels = ''] = words;
    const scorer = textOption(options, 'scorer');
    const request = {
      labels,
      unseen: options['unseen'] === true,
      mode: modeOption(options),
      ...(scorer === null ? {} : { scorer }),
    };
    const result = await (await open()).evaluateScorer(request, onProgress, signal);
    for (const line of badLines(result)) note(line);
    const warning = warningOf(result);
    if (warning !== null) note(warning);
    print(result, () => {
      const [confusionTitle = '', ...confusion] = confusionLines(result, columns);
      const [calibrationTitle = '', ...calibration] = calibrationLines(result, columns);
      const { file } = result;
      return [
        `${escapeText(result.scorer)} in ${result.mode} mode on ${result.split} of ${escapeText(labels)}: ` +
          `${result.rows} pairs of ${result.anchors} anchors.`,
        `Of ${file.rows} rows of the file, ${file.leftOut} could not be used and ${file.merged} said what another one said.`,
        '',
        `Pearson ${metricWords(result.pearson)}, Spearman ${metricWords(result.spearman)}, ` +
          `same rating ${(100 * result.sameRating).toFixed(1)} %.`,
        '',
        'Rows by the rating of their label, and how the scorer rates them:',
        bold(confusionTitle),
        ...confusion,
        '',
        'What scores mean: in each tenth of the scale, the mean score and the mean label.',
        bold(calibrationTitle),
        ...calibration,
      ];
    });
  },
};
