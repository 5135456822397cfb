import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scheduleFactor, type Schedule } from '../../../../src-main/engine/training/schedules/schedule.ts';

const path = join(import.meta.dirname, '../../../fixtures/training/schedules.json');
const cases = JSON.parse(readFileSync(path, 'utf8')) as readonly {
  readonly schedule: Schedule;
  readonly steps: number;
  readonly factors: readonly number[];
}[];

it.each(cases.map((each) => [JSON.stringify(each.schedule), each] as const))(
  'gives the learning rates of transformers: %s',
  (_, { schedule, steps, factors }) => {
    for (const [step, factor] of factors.entries()) {
      expect(scheduleFactor(schedule, step, steps)).toBeCloseTo(factor, 12);
    }
  },
);
