import { describe, expect, it } from 'vitest';
import { tokenBatches } from '../../../../src-main/engine/scoring/encoder/token-batches.ts';
import { TokenBudget } from '../../../../src-main/engine/scoring/encoder/token-budget.ts';

const batches = (lengths: readonly number[], longest: number, budget: number) => [
  ...tokenBatches(lengths, longest, () => budget),
];

describe('batches of rows', () => {
  it('have one length each, a multiple of four or the longest allowed, shortest first', () => {
    expect(batches([9, 3, 18, 4, 17, 1, 12], 18, 1000)).toEqual([
      { rows: [1, 3, 5], tokens: 4 },
      { rows: [0, 6], tokens: 12 },
      { rows: [2, 4], tokens: 18 },
    ]);
  });

  it('have no more tokens than the budget, but at least one row', () => {
    expect(batches([5, 5, 5, 30, 30], 32, 16)).toEqual([
      { rows: [0, 1], tokens: 8 },
      { rows: [2], tokens: 8 },
      { rows: [3], tokens: 32 },
      { rows: [4], tokens: 32 },
    ]);
  });

  it('follow a budget that changes on the way, and hold every row once', () => {
    let budget = 4;
    const found = [...tokenBatches(new Array<number>(7).fill(3), 64, () => (budget *= 2))];
    expect(found.map(({ rows }) => rows)).toEqual([[0, 1], [2, 3, 4, 5], [6]]);
  });
});

describe('the budget of tokens', () => {
  it('grows for a fast model and shrinks for a slow one, step by step and within bounds', () => {
    const budget = new TokenBudget();
    for (let run = 0; run < 20; run++) budget.learn(budget.tokens, 1);
    expect(budget.tokens).toBe(8192);
    budget.learn(8192, 10_000);
    expect(budget.tokens).toBe(4096);
    for (let run = 0; run < 20; run++) budget.learn(budget.tokens, 10_000);
    expect(budget.tokens).toBe(64);
  });

  it('settles where a run takes about as long as a cancel may wait', () => {
    const budget = new TokenBudget();
    for (let run = 0; run < 20; run++) budget.learn(budget.tokens, budget.tokens / 10);
    expect(budget.tokens).toBe(600);
  });

  it('is not raised by a run of a few rows', () => {
    const budget = new TokenBudget();
    budget.learn(8, 0.2);
    expect(budget.tokens).toBe(64);
    budget.learn(64, 0.2);
    expect(budget.tokens).toBe(128);
  });
});
