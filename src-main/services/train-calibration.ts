/** A piecewise linear map through points with ascending `raw`, as packs hold it; beyond the ends it stays at their scores. */
export interface CalibrationPoints {
  readonly raw: number[];
  readonly score: number[];
}

/** The cuts between the ratings: half way between the scores that ratings stand for. */
export const usualRatingCuts: [number, number, number, number] = [0.125, 0.375, 0.625, 0.875];

// Few enough points to stay smooth, and enough rows in each that a single odd one does not bend the map.
const mostPieces = 24;
const leastRows = 20;
// The map goes on beyond the means of the outer pieces, at the slope of 1, to where the rows end and at least so far.
const margin = 0.05;

interface Block {
  readonly raw: number;
  readonly label: number;
  readonly rows: number;
}

/**
 * The rising map from raw outputs to mean labels: rows in the order of their output are cut into pieces of equal size, and pieces
 * whose mean label falls are pooled with the one before (isotonic regression).
 */
export function fitCalibration(raw: ArrayLike<number>, labels: ArrayLike<number>): CalibrationPoints {
  const order = Uint32Array.from({ length: raw.length }, (_, row) => row);
  order.sort((i, j) => (raw[i] as number) - (raw[j] as number));
  const pieces = Math.max(1, Math.min(mostPieces, Math.floor(order.length / leastRows)));
  const blocks: Block[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const from = Math.floor((piece * order.length) / pieces);
    const to = Math.floor(((piece + 1) * order.length) / pieces);
    blocks.push(blockOf([...order.subarray(from, to)], raw, labels));
    poolFalling(blocks);
  }
  const [first, last] = [blocks[0] as Block, blocks.at(-1) as Block];
  const least = Math.min(raw[order[0] as number] as number, first.raw - margin);
  const most = Math.max(raw[order.at(-1) as number] as number, last.raw + margin);
  const points = [
    { raw: least, score: Math.max(0, first.label - (first.raw - least)) },
    ...blocks.map((block) => ({ raw: block.raw, score: block.label })),
    { raw: most, score: Math.min(1, last.label + (most - last.raw)) },
  ];
  return {
    raw: points.map((point) => rounded(point.raw)),
    score: points.map((point) => rounded(point.score)),
  };
}

/** The score that a map gives for a raw output: what the pack's scorer will say. */
export function calibrated(value: number, { raw, score }: CalibrationPoints): number {
  const next = raw.findIndex((point) => point > value);
  if (next === 0) return score[0] as number;
  if (next === -1) return score.at(-1) as number;
  const [from, to] = [raw[next - 1] as number, raw[next] as number];
  const [low, high] = [score[next - 1] as number, score[next] as number];
  return low + ((value - from) / (to - from)) * (high - low);
}

function blockOf(rows: readonly number[], raw: ArrayLike<number>, labels: ArrayLike<number>): Block {
  const mean = (values: ArrayLike<number>): number =>
    rows.reduce((sum, row) => sum + (values[row] as number), 0) / rows.length;
  return { raw: mean(raw), label: mean(labels), rows: rows.length };
}

function poolFalling(blocks: Block[]): void {
  for (;;) {
    const [a, b] = [blocks.at(-2), blocks.at(-1)];
    // Points of one raw output are one point.
    if (a === undefined || b === undefined || (a.label <= b.label && rounded(a.raw) < rounded(b.raw))) return;
    const rows = a.rows + b.rows;
    blocks.splice(-2, 2, {
      raw: (a.raw * a.rows + b.raw * b.rows) / rows,
      label: (a.label * a.rows + b.label * b.rows) / rows,
      rows,
    });
  }
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
