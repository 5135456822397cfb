import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SheetPace } from '../../../src-renderer/state/sheet-pace.ts';
import { held } from '../support/held.ts';

describe('SheetPace', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('works at once, then once in a while however often it is asked', async () => {
    const work = vi.fn(async () => {});
    const pace = new SheetPace(work, 1000);
    for (let asked = 0; asked < 50; asked++) {
      pace.ask();
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(work).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(5000);
    expect(work).toHaveBeenCalledTimes(4);
  });

  it('never works twice at once', async () => {
    const slow = held<void>();
    const work = vi.fn(() => slow.promise);
    const pace = new SheetPace(work, 10);
    pace.ask();
    pace.ask();
    await vi.advanceTimersByTimeAsync(1000);
    expect(work).toHaveBeenCalledTimes(1);
    slow.answer();
    await vi.advanceTimersByTimeAsync(1);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('forgets what is not begun when it is stopped', async () => {
    const work = vi.fn(async () => {});
    const pace = new SheetPace(work, 1000);
    pace.ask();
    pace.ask();
    pace.stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
