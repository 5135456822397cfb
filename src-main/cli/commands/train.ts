import { AppError } from '../../contract/app-error.ts';
import type { Command } from '../command.ts';
import { textOption } from '../parse-command.ts';
import { trainingLines } from '../training-lines.ts';
import { TrainingWatch } from '../training-watch.ts';
import { UsageError } from '../usage-error.ts';

/** Trains a scorer on labels. */
export const train: Command = {
  name: 'train',
  words: ['LABELS.csv'],
  summary: 'Train a scorer on labelled pairs (anchor, target, context, score) into a model pack.',
  options: {
    recipe: {
      type: 'string',
      value: 'NAME|FILE',
      required: true,
      help: 'tiny (a try-out in a minute), small, or a recipe file that ends in .json',
    },
    out: {
      type: 'string',
      value: 'PACK',
      required: true,
      help: 'the folder to write the pack to; not there yet',
    },
    licence: {
      type: 'string',
      value: 'TEXT',
      help: 'what the pack says of its licence; default: that the labels are your own',
    },
  },
  async run({ words, options, app: open, print, note, onProgress, signal }) {
    const [labels = ''] = words;
    const recipe = textOption(options, 'recipe');
    const out = textOption(options, 'out');
    const licence = textOption(options, 'licence');
    if (recipe === null) throw new UsageError('--recipe NAME|FILE is missing: how to train.', 'train');
    if (out === null)
      throw new UsageError('--out PACK is missing: the folder to write the pack to.', 'train');
    if (licence?.trim() === '')
      throw new UsageError('--licence is empty; leave it out or say what it is.', 'train');
    const app = await open();
    const watch = new TrainingWatch(note);
    try {
      const result = await app.trainScorer(
        { labels, recipe, out, ...(licence === null ? {} : { licence }) },
        { onProgress, signal, onJob: watch.hear },
      );
      watch.epochs(result.history, result.history.length);
      print(result, () => trainingLines(result));
    } catch (error) {
      if (signal.aborted || canBeResumed(error)) noteResume(watch.jobId, note);
      throw error;
    }
  },
};

/** Whether the same again may go well: a loss that is not a number will be so again. */
export function canBeResumed(error: unknown): boolean {
  return (
    error instanceof AppError &&
    ['engine-failed', 'engine-stopped', 'disk-full', 'forbidden'].includes(error.code)
  );
}

/** Says how a training that stopped goes on. */
export function noteResume(jobId: number | null, note: (line: string) => void): void {
  if (jobId === null) return;
  note(`What was done is kept. To go on from the last checkpoint: npx priorphrase jobs resume ${jobId}`);
}
