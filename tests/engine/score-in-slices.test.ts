import { expect, it } from 'vitest';
import { createCheckpoint } from '../../src-main/engine/checkpoint.ts';
import { scoreInSlices, type Help } from '../../src-main/engine/score-in-slices.ts';
import type { Scorer, ScoreRows } from '../../src-main/engine/scoring/scorer.ts';

const count = 1000;
const rows: ScoreRows = {
  anchors: Array.from({ length: count }, (_, row) => String(row)),
  targets: Array.from({ length: count }, () => 'x'),
  contexts: [{ symbol: 'A', text: 'a' }],
  contextIndex: new Int32Array(count),
};
const expected = Float32Array.from({ length: count }, (_, row) => row / count);
const scoresOf = ({ anchors }: Pick<ScoreRows, 'anchors'>) =>
  Float32Array.from(anchors, (anchor) => Number(anchor) / count);
const forever = createCheckpoint(new AbortController().signal);
const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

function scorerNoting(seen: string[]): Scorer {
  return {
    async score(asked) {
      seen.push(...asked.anchors);
      await turn();
      return scoresOf(asked);
    },
    release: async () => undefined,
  };
}

it('scores every row once, whoever scores it', async () => {
  const [own, helped]: [string[], string[]] = [[], []];
  const help: Help = async (asked, ranges, scores) => {
    for (let range = ranges.take(100); range !== null; range = ranges.take(100)) {
      await turn();
      const part = asked.anchors.slice(range.from, range.to);
      helped.push(...part);
      scores.set(scoresOf({ anchors: part }), range.from);
      ranges.finish();
    }
  };
  expect(await scoreInSlices(scorerNoting(own), rows, 'pair', forever, help)).toEqual(expected);
  expect(helped.length).toBeGreaterThan(0);
  expect([...own, ...helped].sort()).toEqual([...rows.anchors].sort());
});

it('scores itself what a helper gave back, however late', async () => {
  const own: string[] = [];
  const help: Help = async (_, ranges) => {
    const range = ranges.take(300)!;
    await new Promise((resolve) => setTimeout(resolve, 60));
    ranges.giveBack(range);
  };
  expect(await scoreInSlices(scorerNoting(own), rows, 'pair', forever, help)).toEqual(expected);
  expect(own).toHaveLength(count);
});

it('hears a cancel while it waits for a helper, and hands out no more', async () => {
  const abort = new AbortController();
  let left = true;
  const help: Help = async (_, ranges) => {
    ranges.take(300);
    setTimeout(() => abort.abort(), 60);
    setTimeout(() => (left = ranges.take(1) !== null), 120);
  };
  const call = scoreInSlices(scorerNoting([]), rows, 'pair', createCheckpoint(abort.signal), help);
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(left).toBe(false);
});

it('asks no help for a list, whose rows stay together', async () => {
  const own: string[] = [];
  const help: Help = () => expect.unreachable();
  expect(await scoreInSlices(scorerNoting(own), rows, 'list', forever, help)).toEqual(expected);
});
