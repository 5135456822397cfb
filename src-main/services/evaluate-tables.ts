import type { Rating } from '../contract/rating.ts';
import { meanOf } from '../contract/correlation.ts';

/** Rows whose scores lie in one tenth of the scale. */
export interface CalibrationRow {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Null where there are no rows. */
  readonly meanScore: number | null;
  readonly meanLabel: number | null;
}

const ratings = 5;
const tenths = 10;

/** How many rows have each pair of ratings: `[of the label][of the scorer]`. */
export function confusionOf(labels: readonly Rating[], scored: readonly Rating[]): number[][] {
  const table = Array.from({ length: ratings }, () => new Array<number>(ratings).fill(0));
  for (const [at, label] of labels.entries()) {
    const row = table[label] as number[];
    const rating = scored[at] as Rating;
    row[rating] = (row[rating] ?? 0) + 1;
  }
  return table;
}

/** What scores in each tenth of the scale mean: a scorer that is calibrated has equal means in each. */
export function calibrationTable(scores: readonly number[], labels: readonly number[]): CalibrationRow[] {
  const bins = Array.from({ length: tenths }, () => ({ scores: [] as number[], labels: [] as number[] }));
  for (const [at, score] of scores.entries()) {
    const bin = bins[Math.min(tenths - 1, Math.floor(score * tenths))];
    bin?.scores.push(score);
    bin?.labels.push(labels[at] as number);
  }
  return bins.map((bin, at) => ({
    from: at / tenths,
    to: (at + 1) / tenths,
    rows: bin.scores.length,
    meanScore: bin.scores.length === 0 ? null : meanOf(bin.scores),
    meanLabel: bin.labels.length === 0 ? null : meanOf(bin.labels),
  }));
}
