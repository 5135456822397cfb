import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairScoreCache, type ScoredPair } from '../../../src-main/store/tables/pair-score.ts';
import { readScores, writeScores } from '../../../src-main/store/tables/score.ts';
import { memoryStore } from '../../support/memory-store.ts';

const hash = 'a'.repeat(64);
const pair = (anchor: string, target: string, symbol = 'A47'): ScoredPair => ({
  anchor,
  target,
  context: { symbol, text: `text of ${symbol}` },
});

describe('PairScoreCache', () => {
  it('gives back what was written for any mixture of anchors and contexts, and nothing else', () => {
    const store = memoryStore();
    const word = fc.constantFrom('a', 'b', 'c', 'd');
    const pairs = fc.array(
      fc.tuple(word, word, fc.constantFrom('A47', 'B01'), fc.double({ min: 0, max: 1, noNaN: true })),
    );
    const cache = new PairScoreCache(store, hash);
    const known = new Map<string, number>();
    fc.assert(
      fc.property(pairs, (rows) => {
        const written = rows.map(([anchor, target, symbol]) => pair(anchor, target, symbol));
        cache.write(
          written,
          rows.map((row) => row[3]),
        );
        for (const [anchor, target, symbol, score] of rows) known.set(`${anchor} ${target} ${symbol}`, score);
        const all = ['a', 'b', 'c', 'd'].flatMap((anchor) =>
          ['a', 'b', 'c', 'd'].flatMap((target) =>
            ['A47', 'B01'].map((symbol) => [anchor, target, symbol] as const),
          ),
        );
        const expected = all.map((cells) => known.get(cells.join(' ')) ?? Number.NaN);
        expect([...cache.read(all.map((cells) => pair(...cells)))]).toEqual(expected);
        expect([...new PairScoreCache(store, hash).read(all.map((cells) => pair(...cells)))]).toEqual(
          expected,
        );
      }),
    );
  });

  it('shares its scores with lookups, and keeps scorers and context texts apart', () => {
    const store = memoryStore();
    const set = {
      scorerHash: hash,
      mode: 'pair',
      context: { symbol: 'A47', text: 'text of A47' },
      anchor: 'a',
    } as const;
    writeScores(store, set, new Map([['b', 0.25]]));
    writeScores(store, { ...set, mode: 'list' }, new Map([['c', 0.5]]));
    const cache = new PairScoreCache(store, hash);
    expect([...cache.read([pair('a', 'b'), pair('a', 'c')])]).toEqual([0.25, Number.NaN]);
    cache.write([pair('a', 'd')], [0.75]);
    expect(readScores(store, set, ['b', 'd'])).toEqual(
      new Map([
        ['b', 0.25],
        ['d', 0.75],
      ]),
    );
    expect([...new PairScoreCache(store, 'c'.repeat(64)).read([pair('a', 'b')])]).toEqual([Number.NaN]);
    const other = { ...pair('a', 'b'), context: { symbol: 'A47', text: 'another edition' } };
    expect([...cache.read([other])]).toEqual([Number.NaN]);
  });

  it('forgets the ids of a transaction that was taken back', () => {
    const store = memoryStore();
    const cache = new PairScoreCache(store, hash);
    expect(() =>
      store.transaction(() => {
        cache.write([pair('a', 'b')], [0.5]);
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    expect([...cache.read([pair('a', 'b')])]).toEqual([Number.NaN]);
    cache.write([pair('x', 'y'), pair('a', 'b')], [0.25, 0.75]);
    expect([...cache.read([pair('a', 'b'), pair('x', 'y')])]).toEqual([0.75, 0.25]);
  });
});
