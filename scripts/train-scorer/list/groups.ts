import { groupOf } from '../../../src-main/contract/list-score.ts';
import type { ScoreGroup } from '../../../src-main/contract/list-score.ts';
import { targetsByList } from '../../../src-main/engine/scoring/score-lists.ts';
import type { ScoreRows } from '../../../src-main/engine/scoring/scorer.ts';
import { permutation } from '../../train-retriever/random.ts';

/** A row with the scores that it is compared with. */
export interface GroupedRow {
  readonly row: number;
  readonly pair: number;
  readonly group: ScoreGroup;
}

/** The rows of each anchor and context, each target once. */
export function groupsOf(rows: ScoreRows): number[][] {
  return targetsByList(rows).map((targets) => targets.map(([first]) => first!));
}

/** The same rows in groups of `size` at most, cut at random. */
export function cutGroups(
  groups: readonly (readonly number[])[],
  size: number,
  random: () => number,
): number[][] {
  return groups.flatMap((group) => {
    const order = permutation(group.length, random);
    return Array.from({ length: Math.ceil(group.length / size) }, (_, part) =>
      Array.from(order.subarray(part * size, (part + 1) * size), (at) => group[at]!),
    );
  });
}

/** Every row of some groups with its group's scores. */
export function groupedRows(groups: readonly (readonly number[])[], pairScores: Float32Array): GroupedRow[] {
  return groups.flatMap((rows) => {
    const group = groupOf(Float64Array.from(rows, (row) => pairScores[row]!).sort());
    return rows.map((row) => ({ row, pair: pairScores[row]!, group }));
  });
}
