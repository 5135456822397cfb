import type { ListFit } from '../contract/list-score.ts';
import type { Store } from '../store/store.ts';
import type { OnProgress } from './app.ts';
import { inOrder } from './in-order.ts';
import { ListGatherer, type ListScores } from './list-scores.ts';
import { pacedBatches } from './paced-batches.ts';
import { readPairs } from './score-lines.ts';
import type { PairScorer } from './score-pairs.ts';
import type { RowPair } from './score-row.ts';
import { rowWindows, WindowSize, type RowPiece } from './score-windows.ts';

/** What list scores are made of. */
export interface Gathering<Row> {
  readonly store: Pick<Store, 'rest'>;
  readonly pairs: PairScorer;
  readonly rows: AsyncIterable<RowPiece<Row>>;
  readonly toPair: (row: Row) => RowPair;
  readonly fit: ListFit;
  readonly onProgress: OnProgress;
}

/**
 * Reads every row and scores its pair, then each pair among those of its anchor and context over the whole source. Cut
 * off, it begins again, and finds the pair scores in the cache.
 */
export async function gatherList<Row>(
  { store, pairs, rows: pieces, toPair, fit, onProgress }: Gathering<Row>,
  signal: AbortSignal | undefined,
): Promise<ListScores & { readonly cached: number }> {
  const gatherer = new ListGatherer();
  const size = new WindowSize();
  let cached = 0;
  let rows = 0;
  const windows = rowWindows(pieces, 0, size);
  const scored = inOrder(windows, pairs.listsAtOnce, signal, async (window, stop) => {
    const read = await readPairs(store, window.rows, toPair, stop);
    const wanted = read.flatMap((row) => ('pair' in row ? [row.pair] : []));
    return { window, read, result: await pairs.score(wanted, stop) };
  });
  for await (const { window, read, result } of scored) {
    let next = 0;
    await pacedBatches(store, read, (batch) => {
      for (const row of batch) {
        if ('pair' in row) gatherer.add(row.pair, result.scores[next++]!);
        else gatherer.addNone();
      }
    });
    cached += result.cached;
    rows += read.length;
    size.ended(read.length);
    onProgress(rows, window.total, 'Scoring');
  }
  return { ...(await gatherer.finish(fit, store, signal)), cached };
}
