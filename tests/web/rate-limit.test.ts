import { expect, it } from 'vitest';
import { createRateLimit } from '../../src-main/web/rate-limit.ts';

it('allows a burst, then as many as the rate gives, and says how long to wait', () => {
  let now = 0;
  const limit = createRateLimit(2, 4, () => now);
  expect([limit.take(), limit.take(), limit.take()]).toEqual([0, 0, 0.25]);
  now = 100;
  expect(limit.take()).toBeCloseTo(0.15);
  now = 250;
  expect(limit.take()).toBe(0);
  now = 1_000_000;
  expect([limit.take(), limit.take(), limit.take()]).toEqual([0, 0, 0.25]);
});
