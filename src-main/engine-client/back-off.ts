/** When a process that died may be started again. */
export interface BackOff {
  /** The wait after the first death; it doubles with each further one. */
  readonly firstMs: number;
  readonly mostMs: number;
  /** After so many deaths without an answer in between, starting is given up until the next call. */
  readonly deaths: number;
}

/** 250 ms to 8 s, given up after five. */
export const defaultBackOff: BackOff = { firstMs: 250, mostMs: 8000, deaths: 5 };

/** Milliseconds to wait after a number of deaths in a row. */
export function waitAfter(deaths: number, { firstMs, mostMs }: BackOff): number {
  return deaths === 0 ? 0 : Math.min(mostMs, firstMs * 2 ** (deaths - 1));
}
