import type { Calibration } from '../../src-main/engine/scoring/calibrate.ts';

/** Points of the calibration: few enough to stay smooth, many enough to bend at both ends. */
const pieces = 24;

/**
 * A rising piecewise linear map from raw outputs to mean labels: the raw outputs are cut into pieces of equal counts,
 * pieces whose means fall are pooled (isotonic regression), and the ends are drawn on to where the data ends.
 */
export function fitCalibration(raw: Float32Array, labels: Float32Array): Calibration {
  const order = Array.from(raw.keys()).sort((a, b) => raw[a]! - raw[b]!);
  const blocks: { raw: number; label: number; count: number }[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const from = Math.floor((piece * order.length) / pieces);
    const to = Math.floor(((piece + 1) * order.length) / pieces);
    let rawSum = 0;
    let labelSum = 0;
    for (let i = from; i < to; i++) {
      rawSum += raw[order[i]!]!;
      labelSum += labels[order[i]!]!;
    }
    if (to > from)
      blocks.push({ raw: rawSum / (to - from), label: labelSum / (to - from), count: to - from });
    pool(blocks);
  }
  const points = blocks.map(({ raw: x, label }) => ({ x, y: label }));
  const first = points[0]!;
  const last = points.at(-1)!;
  const least = Math.min(raw[order[0]!]!, first.x - 0.05);
  const most = Math.max(raw[order.at(-1)!]!, last.x + 0.05);
  const all = [
    { x: least, y: Math.max(0, first.y - (first.x - least)) },
    ...points,
    { x: most, y: Math.min(1, last.y + (most - last.x)) },
  ];
  return { raw: all.map(({ x }) => round(x)), score: all.map(({ y }) => round(y)) };
}

function pool(blocks: { raw: number; label: number; count: number }[]): void {
  while (blocks.length > 1) {
    const b = blocks.at(-1)!;
    const a = blocks.at(-2)!;
    if (a.label <= b.label) return;
    const count = a.count + b.count;
    blocks.splice(-2, 2, {
      raw: (a.raw * a.count + b.raw * b.count) / count,
      label: (a.label * a.count + b.label * b.count) / count,
      count,
    });
  }
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
