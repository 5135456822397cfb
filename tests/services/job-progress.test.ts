import { expect, it } from 'vitest';
import { JobProgress, type StageProgress } from '../../src-main/services/job-progress.ts';

it('tells at most ten times a second, and the last state in the end', () => {
  const told: StageProgress[] = [];
  let now = 0;
  const progress = new JobProgress(
    (state) => told.push(state),
    100,
    () => now,
  );
  for (; now < 1000; now++) progress.report(now, 1000, 'Storing');
  progress.flush();
  progress.flush();
  expect(told.map((state) => state.done)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 999]);
});

it('tells how many seconds are left by the pace of the stage', () => {
  let now = 0;
  let latest: StageProgress | null = null;
  const progress = new JobProgress(
    (state) => (latest = state),
    0,
    () => now,
  );
  const at = (time: number, done: number, total: number | null, stage: string): number | null => {
    now = time;
    progress.report(done, total, stage);
    return latest!.eta;
  };
  expect(at(0, 0, 100, 'one')).toBeNull();
  expect(at(500, 10, 100, 'one')).toBeNull();
  expect(at(2000, 20, 100, 'one')).toBe(8);
  expect(at(4000, 100, 100, 'one')).toBe(0);
  expect(at(5000, 50, 1000, 'two')).toBeNull();
  expect(at(7000, 150, 1000, 'two')).toBe(17);
  expect(at(9000, 150, null, 'two')).toBeNull();
});
