import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planEpoch, planScoring } from '../../../../src-main/engine/training/batches/plan-epoch.ts';
import { Generator } from '../../../../src-main/engine/training/random/generator.ts';

const someLengths = fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 400 });
const someSettings = fc.record({
  batchSize: fc.integer({ min: 1, max: 40 }),
  runRows: fc.integer({ min: 1, max: 40 }),
  lengthMultiple: fc.constantFrom(1, 4, 8),
});

describe('the plan of an epoch', () => {
  it('has every row once, steps of the batch size but for one, runs no larger than allowed', () => {
    fc.assert(
      fc.property(someLengths, someSettings, fc.nat(), (lengths, settings, seed) => {
        const plan = planEpoch(lengths, settings, Generator.seeded(seed));
        const rows = plan.flatMap((step) => step.runs.flatMap((run) => run.rows));
        expect(rows.toSorted((a, b) => a - b)).toEqual(lengths.map((_, row) => row));
        expect(plan).toHaveLength(Math.ceil(lengths.length / settings.batchSize));
        expect(plan.filter((step) => step.rowCount !== settings.batchSize).length).toBeLessThanOrEqual(1);
        for (const { runs, rowCount } of plan) {
          expect(runs.reduce((sum, run) => sum + run.rows.length, 0)).toBe(rowCount);
          expect(Math.max(...runs.map((run) => run.rows.length))).toBeLessThanOrEqual(settings.runRows);
        }
      }),
    );
  });

  it('pads each run to the next multiple above its longest row', () => {
    fc.assert(
      fc.property(someLengths, someSettings, fc.nat(), (lengths, settings, seed) => {
        const runs = planEpoch(lengths, settings, Generator.seeded(seed)).flatMap((step) => step.runs);
        for (const { rows, tokens } of [...runs, ...planScoring(lengths, settings)]) {
          const longest = Math.max(...rows.map((row) => lengths[row] as number));
          expect(tokens % settings.lengthMultiple).toBe(0);
          expect(tokens - longest).toBeGreaterThanOrEqual(0);
          expect(tokens - longest).toBeLessThan(settings.lengthMultiple);
        }
      }),
    );
  });

  it('is the same for the same seed, and another for the next epoch', () => {
    const lengths = Array.from({ length: 300 }, (_, row) => 3 + (row % 20));
    const settings = { batchSize: 16, runRows: 8, lengthMultiple: 8 };
    const generator = Generator.seeded(9);
    const [first, second] = [
      planEpoch(lengths, settings, generator),
      planEpoch(lengths, settings, generator),
    ];
    expect(planEpoch(lengths, settings, Generator.seeded(9))).toEqual(first);
    expect(second).not.toEqual(first);
  });

  it('wastes little on padding: under a tenth of the tokens of phrases', () => {
    const generator = Generator.seeded(4);
    const lengths = Array.from({ length: 4000 }, () => 8 + generator.below(12) + generator.below(12));
    const runs = planEpoch(lengths, { batchSize: 32, runRows: 32, lengthMultiple: 1 }, generator).flatMap(
      (step) => step.runs,
    );
    const padded = runs.reduce((sum, run) => sum + run.rows.length * run.tokens, 0);
    expect(lengths.reduce((sum, length) => sum + length, 0) / padded).toBeGreaterThan(0.9);
  });

  it('puts rows of one length together that differ from epoch to epoch', () => {
    const lengths = new Array<number>(200).fill(10);
    const settings = { batchSize: 10, runRows: 10, lengthMultiple: 8 };
    const generator = Generator.seeded(5);
    const companions = () =>
      planEpoch(lengths, settings, generator)
        .flatMap((step) => step.runs)
        .find((run) => run.rows.includes(0))
        ?.rows.toSorted((a, b) => a - b);
    expect(companions()).not.toEqual(companions());
  });
});
