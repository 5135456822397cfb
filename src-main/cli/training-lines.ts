import { deviceWords } from '../contract/device.ts';
import { escapeText } from './terminal/escape-text.ts';
import type { TrainingResult } from './cli-app.ts';
import { metricWords } from './training-watch.ts';

/** What a finished training is reported with. */
export function trainingLines(result: TrainingResult): string[] {
  const { rows, anchors, metrics, bestEpoch, scorer, out, device } = result;
  const words = deviceWords(device);
  const value = (name: 'pearson' | 'spearman'): string =>
    metricWords(metrics.find((metric) => metric.name === name)?.value ?? null);
  return [
    `Trained on ${rows.training} pairs of ${anchors.training} anchors; the weights of epoch ${bestEpoch} are kept.`,
    ...(words === null ? [] : [escapeText(words)]),
    `On ${rows.heldOut} pairs of ${anchors.heldOut} other anchors (pair mode): Pearson ${value('pearson')}, Spearman ${value('spearman')}.`,
    'They also chose the epoch and the calibration, so that labels never used read a little lower.',
    `The pack is ${escapeText(out)}; a copy was added to the packs of this workspace as ${escapeText(scorer)}:`,
    `  npx priorphrase score IN.csv OUT.csv --scorer ${escapeText(scorer)}`,
  ];
}
