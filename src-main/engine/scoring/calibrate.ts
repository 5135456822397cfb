/** A piecewise linear map through points with ascending `raw`; beyond the ends it stays at the end scores. */
export interface Calibration {
  readonly raw: readonly number[];
  readonly score: readonly number[];
}

/** The score in [0, 1] that belongs to a raw output. */
export function calibrate(raw: number, { raw: points, score }: Calibration): number {
  const last = points.length - 1;
  if (!(raw > (points[0] as number))) return clamp(score[0] as number);
  if (raw >= (points[last] as number)) return clamp(score[last] as number);
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((points[middle] as number) <= raw) low = middle;
    else high = middle;
  }
  const from = points[low] as number;
  const share = (raw - from) / ((points[high] as number) - from);
  return clamp((score[low] as number) + share * ((score[high] as number) - (score[low] as number)));
}

function clamp(score: number): number {
  return Math.min(1, Math.max(0, score));
}
