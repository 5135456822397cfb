import { describe, expect, it } from 'vitest';
import { backward } from '../../../../src-main/engine/autodiff/backward.ts';
import { GraphBuilder } from '../../../../src-main/engine/graph/builder.ts';
import { sumOver } from '../../../../src-main/engine/graph/operators.ts';
import { numbersOf, tensorFrom } from '../../../../src-main/engine/graph/tensor.ts';
import { losses, type LossName } from '../../../../src-main/engine/training/losses/loss-table.ts';
import { runGraph } from '../../../support/run-graph.ts';

const logits = [-120, -30, -2, -0.5, 0, 0.5, 3, 30, 120];
const labels = [0, 0.25, 1, 0.5, 0.75, 0, 0.25, 1, 0.5];

/** The loss of each row and its slope, in 32-bit floats. */
async function lossAndSlope(name: LossName) {
  const g = new GraphBuilder();
  const x = g.input('logits', 'float32', ['batch']);
  const y = g.input('labels', 'float32', ['batch']);
  const rows = losses[name].perRow(g, x, y);
  const slope = backward(g, { sources: [{ value: sumOver(g, rows, [0]) }], parameters: [x] }).get(x)?.dense;
  if (!slope) throw new Error('The loss has no gradient.');
  const graph = g.finish('loss', [
    { name: 'rows', value: rows },
    { name: 'slope', value: slope },
  ]);
  const found = await runGraph(graph, {
    logits: tensorFrom('float32', [9], logits),
    labels: tensorFrom('float32', [9], labels),
  });
  return [found['rows'], found['slope']].map((tensor) => (tensor ? numbersOf(tensor) : []));
}

function expectClose(found: readonly number[] | undefined, expected: readonly number[]): void {
  for (const [row, value] of expected.entries()) {
    expect(Math.abs((found?.[row] ?? NaN) - value), `row ${row}`).toBeLessThan(
      1e-6 * Math.max(1, Math.abs(value)),
    );
  }
}

describe('losses and their slopes', () => {
  it('of binary cross-entropy are right for soft labels, and finite for logits of any size', async () => {
    const sigmoid = (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));
    const [rows, slope] = await lossAndSlope('bce-with-logits');
    expectClose(
      rows,
      logits.map(
        (x, row) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - x * (labels[row] as number),
      ),
    );
    expectClose(
      slope,
      logits.map((x, row) => sigmoid(x) - (labels[row] as number)),
    );
  });

  it('of the squared error are right', async () => {
    const [rows, slope] = await lossAndSlope('mean-squared-error');
    expectClose(
      rows,
      logits.map((x, row) => (x - (labels[row] as number)) ** 2),
    );
    expectClose(
      slope,
      logits.map((x, row) => 2 * (x - (labels[row] as number))),
    );
  });

  it('say what the model says on the scale of the labels', () => {
    expect(losses['bce-with-logits'].predict(0)).toBe(0.5);
    expect(losses['bce-with-logits'].predict(-800)).toBe(0);
    expect(losses['mean-squared-error'].predict(0.3)).toBe(0.3);
  });
});
