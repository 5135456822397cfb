import { describe, expect, it } from 'vitest';
import {
  bucketOf,
  distanceRows,
  rowOf,
} from '../../../../src-main/engine/architectures/deberta/distance-rows.ts';
import type { RelativeAttention } from '../../../../src-main/engine/architectures/config/deberta-config.ts';

const relative = (buckets: number | null, furthest: number): RelativeAttention => ({
  kinds: new Set(['c2p', 'p2c']),
  span: buckets ?? furthest,
  buckets,
  furthest,
  normalised: true,
  sharedKeys: true,
});

describe('the rows of the table of distances', () => {
  it('have the buckets that PyTorch finds for DeBERTa-v3', () => {
    const v3 = relative(256, 512);
    // make_log_bucket_position of transformers, at both sides of some bounds.
    const distances = [0, 1, 127, 128, 129, 130, 131, 132, 200, 255, 256, 300, 509, 510, 511, 512, 600];
    const buckets = [0, 1, 127, 128, 129, 130, 131, 131, 169, 192, 192, 207, 255, 255, 255, 256, 270];
    expect(distances.map((distance) => bucketOf(distance, v3))).toEqual(buckets);
    expect(distances.map((distance) => bucketOf(0 - distance, v3))).toEqual(buckets.map((each) => 0 - each));
  });

  it('are shared beyond the furthest distance, and all are reached', () => {
    for (const each of [relative(256, 512), relative(8, 16), relative(null, 5), relative(4, 12)]) {
      const { reach, rows } = distanceRows(each);
      expect(rows).toHaveLength(2 * reach + 1);
      expect([rows[0], rows[reach], rows.at(-1)]).toEqual([0, each.span, 2 * each.span - 1]);
      expect(rows).toEqual([...rows].sort((a, b) => a - b));
      for (const far of [reach + 1, 10 * reach])
        expect([rowOf(-far, each), rowOf(far, each)]).toEqual([0, 2 * each.span - 1]);
    }
  });
});
