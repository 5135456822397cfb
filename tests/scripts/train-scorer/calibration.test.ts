import { expect, it } from 'vitest';
import { fitCalibration } from '../../../scripts/train-scorer/fit-calibration.ts';
import { fitRatingCuts, ratingOf } from '../../../scripts/train-scorer/fit-rating-cuts.ts';
import { reliability } from '../../../scripts/train-scorer/reliability.ts';
import { seededRandom } from '../../../scripts/train-retriever/random.ts';
import { calibrate } from '../../../src-main/engine/scoring/calibrate.ts';

const random = seededRandom(4);
const raw = Float32Array.from({ length: 6000 }, () => random());
// The truth is bent and comes in quarters, as the labels do.
const labels = raw.map((x) => Math.round(4 * Math.min(1, Math.max(0, x * x + 0.3 * (random() - 0.5)))) / 4);
const calibration = fitCalibration(raw, labels);
const scores = raw.map((x) => calibrate(x, calibration));

it('makes a score mean the average label', () => {
  const gaps = reliability(scores, labels).map(({ meanScore, meanLabel }) => Math.abs(meanScore - meanLabel));
  expect(Math.max(...gaps)).toBeLessThan(0.03);
});

it('rises throughout', () => {
  const { raw: points, score } = calibration;
  expect(points.every((x, i) => i === 0 || x > points[i - 1]!)).toBe(true);
  expect(score.every((y, i) => i === 0 || y >= score[i - 1]!)).toBe(true);
});

it('finds rising cuts that rate better than quarters', () => {
  const cuts = fitRatingCuts(scores, labels);
  expect([...cuts].sort((a, b) => a - b)).toEqual(cuts);
  const right = (at: readonly number[]) =>
    scores.filter((score, row) => ratingOf(score, at) === Math.round(labels[row]! * 4)).length;
  expect(right(cuts)).toBeGreaterThan(right([0.2, 0.4, 0.6, 0.8]));
});
