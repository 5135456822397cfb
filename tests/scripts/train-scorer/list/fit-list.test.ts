import { describe, expect, it } from 'vitest';
import type { LabelledRows } from '../../../../scripts/train-scorer/data/phrase-pairs.ts';
import { fitList, type ListRules } from '../../../../scripts/train-scorer/list/fit-list.ts';
import { cutGroups, groupsOf } from '../../../../scripts/train-scorer/list/groups.ts';
import { leastSquares } from '../../../../scripts/train-scorer/list/least-squares.ts';
import { pearson } from '../../../../scripts/train-scorer/measures.ts';
import { settings } from '../../../../scripts/train-scorer/settings.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const rules: ListRules = { ...settings.list, shrinks: [1, 8], cutSizes: [3] };

/** Sixty anchors with twenty targets each; pair scores that read each anchor's labels too high or too low. */
function madeUp(): { readonly rows: LabelledRows; readonly pairScores: Float32Array } {
  const random = seededRandom(4);
  const names = Array.from({ length: 1200 }, (_, row) => ({
    anchor: `anchor ${row % 60}`,
    target: `target ${row}`,
  }));
  const shift = Array.from({ length: 60 }, () => 0.4 * (random() - 0.5));
  const labels = Float32Array.from(names, () => 0.25 + 0.5 * random());
  const pairScores = labels.map((label, row) => label + shift[row % 60]! + 0.1 * (random() - 0.5));
  return {
    rows: {
      anchors: names.map(({ anchor }) => anchor),
      targets: names.map(({ target }) => target),
      contexts: [{ symbol: 'A47', text: '' }],
      contextIndex: new Int32Array(names.length),
      labels,
    },
    pairScores,
  };
}

describe('the fit of a list mode', () => {
  it('takes back what pair scores read into a whole group, for anchors that it never saw', () => {
    const { rows, pairScores } = madeUp();
    const { fit, outOfFold } = fitList(pairScores, rows, rules);
    expect(fit.mean).toBeLessThan(-0.3);
    expect(fit.z).toBeGreaterThanOrEqual(0);
    expect(fit.rank).toBeGreaterThanOrEqual(0);
    expect(pearson(outOfFold, rows.labels)).toBeGreaterThan(pearson(pairScores, rows.labels) + 0.03);
  });

  it('is the same for the same rows in another order', () => {
    const { rows, pairScores } = madeUp();
    const order = rows.anchors.map((_, row) => (row * 7) % rows.anchors.length);
    const mixed: LabelledRows = {
      ...rows,
      anchors: order.map((row) => rows.anchors[row]!),
      targets: order.map((row) => rows.targets[row]!),
      labels: Float32Array.from(order, (row) => rows.labels[row]!),
    };
    // Without groups cut at random, whose members hang on the order.
    const plain = { ...rules, cutSizes: [] };
    const straight = fitList(pairScores, rows, plain).fit;
    const found = fitList(
      Float32Array.from(order, (row) => pairScores[row]!),
      mixed,
      plain,
    ).fit;
    for (const key of ['intercept', 'pair', 'z', 'rank', 'mean', 'shrink'] as const) {
      expect(found[key]).toBeCloseTo(straight[key], 4);
    }
  });
});

describe('groups', () => {
  it('hold each target of an anchor and class once', () => {
    const rows = {
      anchors: ['Pump', 'pump', 'pump', 'pump', 'lamp'],
      targets: ['a', 'b', 'A', 'a', 'a'],
      contexts: [
        { symbol: 'A47', text: '' },
        { symbol: 'F04', text: '' },
      ],
      contextIndex: Int32Array.of(0, 0, 0, 1, 0),
    };
    expect(groupsOf(rows)).toEqual([[0, 1], [3], [4]]);
  });

  it('are cut into parts that hold every row once', () => {
    const parts = cutGroups([[1, 2, 3, 4, 5], [6]], 2, seededRandom(1));
    expect(parts.map(({ length }) => length)).toEqual([2, 2, 1, 1]);
    expect(parts.flat().sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('least squares', () => {
  const inputs = Array.from({ length: 40 }, (_, row) => [1, row / 40, Math.sin(row)]);
  const outputs = inputs.map(([one, x, s]) => 0.5 * one! + 2 * x! - 0.25 * s!);
  const equations = { inputs, outputs, weights: inputs.map(() => 1) };

  it('finds the coefficients that the outputs were made with', () => {
    const found = leastSquares(equations, [false, false, false], 0);
    expect(found).toEqual([0.5, 2, -0.25].map((value) => expect.closeTo(value, 9)));
  });

  it('gives none below zero that may not be', () => {
    const [, , last] = leastSquares(equations, [false, false, true]);
    expect(last).toBe(0);
  });
});
