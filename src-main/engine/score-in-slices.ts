import { setTimeout as sleep } from 'node:timers/promises';
import type { Checkpoint } from './checkpoint.ts';
import { RowRanges, sliceOf } from './scoring/row-ranges.ts';
import type { Scorer, ScoreRows } from './scoring/scorer.ts';

// A few milliseconds of work for boosted trees, so that a cancel is heard and others get their turn.
const sliceRows = 128;

const lookMs = 2;

/** Takes ranges of the rows meanwhile, scores them elsewhere, and writes their scores. */
export type Help = (rows: ScoreRows, ranges: RowRanges, scores: Float32Array) => void;

/**
 * Scores rows with a checkpoint between slices. In list mode the candidates of an anchor see each other, so that the
 * rows stay together; so they do for a scorer that passes checkpoints itself.
 */
export async function scoreInSlices(
  scorer: Scorer,
  rows: ScoreRows,
  mode: 'pair' | 'list',
  checkpoint: Checkpoint,
  help: Help = () => undefined,
): Promise<Float32Array<ArrayBuffer>> {
  const count = rows.anchors.length;
  const inSlices = mode === 'pair' && scorer.pacesItself !== true;
  const scores = new Float32Array(count);
  const ranges = new RowRanges(count);
  const work = async (): Promise<void> => {
    const size = inSlices ? sliceRows : Math.max(1, count);
    for (let range = ranges.take(size); range !== null; range = ranges.take(size)) {
      await checkpoint();
      const slice = await scorer.score(sliceOf(rows, range), mode, checkpoint);
      if (slice.length !== range.to - range.from) {
        throw new Error(`A scorer gave ${slice.length} scores for ${range.to - range.from} rows.`);
      }
      scores.set(slice, range.from);
      ranges.finish();
    }
  };
  try {
    if (inSlices) help(rows, ranges, scores);
    // Again where a helper gave rows back.
    while (ranges.left) {
      await work();
      while (ranges.out > 0) {
        await sleep(lookMs);
        await checkpoint();
      }
    }
  } finally {
    ranges.close();
  }
  return scores;
}
