import type { Rating } from '../contract/rating.ts';
import type { BadCell } from '../csv/bad-cell.ts';
import type { OnProgress } from './app.ts';
import type { LookupContext } from './context.ts';
import { pearsonOf, spearmanOf } from '../contract/correlation.ts';
import { anchorHash, type LabelledPair } from './labels.ts';
import { readLabels } from './labels-read.ts';
import { calibrationTable, confusionOf, type CalibrationRow } from './evaluate-tables.ts';
import { listScoresOf } from './evaluate-lists.ts';
import { requireListFit } from './list-fit.ts';
import { ratingOfScore } from '../contract/rating-of-score.ts';
import { scoreDistinctPairs } from './score-pairs.ts';
import { usualRatingCuts } from './train-calibration.ts';
import { trainedAnchors } from './train-pack.ts';
import { AppError } from '../contract/app-error.ts';

/** What to evaluate on. */
export interface EvaluationRequest {
  /** The file of labels. */
  readonly labels: string;
  /** Whether rows are left out whose anchors the scorer was trained on. */
  readonly unseen: boolean;
  /** `list`: each target among the labelled targets of the same anchor and context; `pair` where it is absent. */
  readonly mode?: 'pair' | 'list';
}

/** How well a scorer does on labels. */
export interface Evaluation {
  readonly scorer: string;
  readonly mode: 'pair' | 'list';
  /** Which rows of the file were measured on, in words. */
  readonly split: string;
  /** Distinct pairs measured on. */
  readonly rows: number;
  readonly anchors: number;
  /** Records of the file, without its header, and how many of them could not be used or said what another said. */
  readonly file: { readonly rows: number; readonly leftOut: number; readonly merged: number };
  /** The first cells that could not be used, and the number of all. */
  readonly bad: readonly BadCell[];
  readonly badCount: number;
  /** Null where it can't be computed, such as when all labels are the same. */
  readonly pearson: number | null;
  readonly spearman: number | null;
  /** Rows by rating: `confusion[label][scorer's]`. */
  readonly confusion: readonly (readonly number[])[];
  /** The share of rows whose rating is the label's. */
  readonly sameRating: number;
  readonly calibration: readonly CalibrationRow[];
  /**
   * Anchors of the file, before any were left out, that the scorer was trained on, and their rows; null where its pack does not
   * say what it was trained on.
   */
  readonly trainedOn: { readonly anchors: number; readonly rows: number } | null;
}

const pairsAtOnce = 2000;

/** Scores labelled pairs and compares: each distinct pair once. */
export async function evaluateScorer(
  context: Pick<LookupContext, 'store' | 'engine' | 'packs' | 'resolveContext'>,
  { labels: path, unseen, mode = 'pair' }: EvaluationRequest,
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): Promise<Evaluation> {
  const options = signal === undefined ? { onProgress } : { onProgress, signal };
  const labels = await readLabels(context, path, options);
  const scorer = await context.packs.scorer();
  const fit = mode === 'list' ? requireListFit(scorer) : null;
  const trained = Object.hasOwn(scorer.manifest.files, 'config.json')
    ? trainedAnchors(new TextDecoder().decode(await scorer.read('config.json')))
    : null;
  const isTrained = ({ anchor }: LabelledPair): boolean => trained?.has(anchorHash(anchor)) === true;
  const seen = labels.pairs.filter(isTrained);
  const pairs = unseen ? labels.pairs.filter((pair) => !isTrained(pair)) : labels.pairs;
  if (unseen && trained === null) throw saysNothing(scorer.manifest.id);
  if (pairs.length === 0) throw nothingLeft(path, scorer.manifest.id);

  const pairScores: number[] = [];
  for (let from = 0; from < pairs.length; from += pairsAtOnce) {
    onProgress(from, pairs.length, 'Scoring');
    const some = pairs.slice(from, from + pairsAtOnce).map(({ anchor, target, symbol, contextText }) => ({
      anchor,
      target,
      context: { symbol, asked: symbol, text: contextText },
    }));
    pairScores.push(...(await scoreDistinctPairs(context, scorer, some, signal)).scores);
  }
  onProgress(pairs.length, pairs.length, 'Scoring');
  const scores = fit === null ? pairScores : listScoresOf(fit, pairs, pairScores);

  const truth = pairs.map(({ score }) => score);
  const ratings = (values: readonly number[], cuts: Parameters<typeof ratingOfScore>[1]): Rating[] =>
    values.map((value) => ratingOfScore(value, cuts));
  const confusion = confusionOf(
    ratings(truth, usualRatingCuts),
    ratings(scores, scorer.manifest.output.ratingCuts),
  );
  const same = confusion.reduce((sum, row, rating) => sum + (row[rating] ?? 0), 0);
  return {
    scorer: scorer.manifest.id,
    mode,
    split: unseen ? 'the rows whose anchors the scorer was not trained on' : 'all rows',
    rows: pairs.length,
    anchors: new Set(pairs.map(({ anchor }) => anchor)).size,
    file: { rows: labels.rows, leftOut: labels.badCount, merged: labels.merged },
    bad: labels.bad,
    badCount: labels.badCount,
    pearson: pearsonOf(scores, truth),
    spearman: spearmanOf(scores, truth),
    confusion,
    sameRating: same / pairs.length,
    calibration: calibrationTable(scores, truth),
    trainedOn:
      trained === null
        ? null
        : { anchors: new Set(seen.map(({ anchor }) => anchor)).size, rows: seen.length },
  };
}

function saysNothing(scorer: string): AppError {
  return new AppError(
    'bad-input',
    `The pack of ${scorer} does not say which anchors it was trained on, so that rows of unseen anchors can't be told. ` +
      'Evaluate on all rows, of labels that you know it has not seen.',
    { scorer },
  );
}

function nothingLeft(path: string, scorer: string): AppError {
  return new AppError(
    'bad-input',
    `${scorer} was trained on every anchor of ${path}; there is nothing left to measure on. Take labels of other anchors.`,
    { path, scorer },
  );
}
