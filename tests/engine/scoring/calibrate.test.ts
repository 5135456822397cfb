import { expect, it } from 'vitest';
import { calibrate } from '../../../src-main/engine/scoring/calibrate.ts';

const calibration = { raw: [0, 0.5, 1], score: [0.1, 0.2, 0.9] };

it.each([
  [-5, 0.1],
  [0, 0.1],
  [0.25, 0.15],
  [0.5, 0.2],
  [0.75, 0.55],
  [1, 0.9],
  [7, 0.9],
])('maps the raw output %f to %f', (raw, score) => {
  expect(calibrate(raw, calibration)).toBeCloseTo(score, 10);
});

it('stays in [0, 1] and never gives NaN', () => {
  const wild = { raw: [0, 1], score: [-1, 2] };
  expect([-1, 0, 1, 2, NaN, Infinity, -Infinity].map((raw) => calibrate(raw, wild))).toEqual([
    0, 0, 1, 1, 0, 1, 0,
  ]);
});
