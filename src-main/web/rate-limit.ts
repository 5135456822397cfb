/** Allows `burst` at once and `perSecond` over time (a token bucket). */
export interface RateLimit {
  /** Takes one; gives 0, or the seconds until one is free again. */
  take(): number;
}

/** A rate limit over a clock in milliseconds. */
export function createRateLimit(
  burst: number,
  perSecond: number,
  now: () => number = () => performance.now(),
): RateLimit {
  let left = burst;
  let last = now();
  return {
    take() {
      const at = now();
      left = Math.min(burst, left + ((at - last) / 1000) * perSecond);
      last = at;
      if (left < 1) return (1 - left) / perSecond;
      left -= 1;
      return 0;
    },
  };
}
