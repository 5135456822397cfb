import { describe, expect, it } from 'vitest';
import { calibrate } from '../../src-main/engine/scoring/calibrate.ts';
import { calibrated, fitCalibration } from '../../src-main/services/train-calibration.ts';
import { seededRandom } from '../support/seeded-random.ts';

function sample(count: number, labelOf: (raw: number, random: () => number) => number) {
  const random = seededRandom(3);
  const raw = Array.from({ length: count }, () => random());
  return { raw, labels: raw.map((value) => labelOf(value, random)) };
}

describe('fitCalibration', () => {
  it('rises, and maps raw outputs to about the mean of their labels', () => {
    const { raw, labels } = sample(4000, (value, random) => (random() < value ** 2 ? 1 : 0));
    const map = fitCalibration(raw, labels);
    expect(map.score).toEqual([...map.score].sort((a, b) => a - b));
    expect(map.raw.every((value, at) => at === 0 || value > (map.raw[at - 1] ?? 0))).toBe(true);
    for (const value of [0.2, 0.5, 0.8])
      expect(Math.abs(calibrated(value, map) - value ** 2)).toBeLessThan(0.06);
  });

  it('rises where the labels fall, and says their mean there', () => {
    const { raw, labels } = sample(1000, (value) => 1 - value);
    const map = fitCalibration(raw, labels);
    expect(map.score).toEqual([...map.score].sort((a, b) => a - b));
    expect(calibrated(0.5, map)).toBeCloseTo(0.5, 1);
  });

  it.each([1, 2, 19, 45])('takes %i rows', (count) => {
    const map = fitCalibration(...(Object.values(sample(count, (value) => value)) as [number[], number[]]));
    expect(map.raw.length).toBeGreaterThanOrEqual(2);
    expect([...map.raw, ...map.score].every(Number.isFinite)).toBe(true);
  });

  it('takes outputs that are all the same', () => {
    const map = fitCalibration(new Array(100).fill(0.3), [
      ...new Array(50).fill(0),
      ...new Array(50).fill(1),
    ]);
    expect(calibrated(0.3, map)).toBeCloseTo(0.5, 6);
  });

  it('means the same here as in the engine', () => {
    const { raw, labels } = sample(700, (value, random) => Math.round(4 * value * random()) / 4);
    const map = fitCalibration(raw, labels);
    for (let value = -0.5; value < 1.5; value += 0.013) {
      expect(calibrated(value, map)).toBeCloseTo(calibrate(value, map), 12);
    }
  });
});
