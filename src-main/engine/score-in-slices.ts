import type { Checkpoint } from './checkpoint.ts';
import type { Scorer, ScoreRows } from './scoring/scorer.ts';

// About ten milliseconds of work for boosted trees, so that a cancel is heard and others get their turn.
const sliceRows = 128;

/**
 * Scores rows with a checkpoint between slices. In list mode the candidates of an anchor see each other, so that the
 * rows stay together; so they do for a scorer that passes checkpoints itself.
 */
export async function scoreInSlices(
  scorer: Scorer,
  rows: ScoreRows,
  mode: 'pair' | 'list',
  checkpoint: Checkpoint,
): Promise<Float32Array<ArrayBuffer>> {
  const count = rows.anchors.length;
  const size = mode === 'pair' && scorer.pacesItself !== true ? sliceRows : Math.max(1, count);
  const scores = new Float32Array(count);
  for (let start = 0; start < count; start += size) {
    await checkpoint();
    const end = Math.min(count, start + size);
    const slice = await scorer.score(
      {
        anchors: rows.anchors.slice(start, end),
        targets: rows.targets.slice(start, end),
        contexts: rows.contexts,
        contextIndex: rows.contextIndex.subarray(start, end),
      },
      mode,
      checkpoint,
    );
    if (slice.length !== end - start) {
      throw new Error(`A scorer gave ${slice.length} scores for ${end - start} rows.`);
    }
    scores.set(slice, start);
  }
  return scores;
}
