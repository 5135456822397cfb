import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src-main/services/in-order.ts';
import { KeyIndex } from '../../src-main/services/key-index.ts';
import { pacedSort } from '../../src-main/services/paced-sort.ts';
import { rowWindows, WindowSize } from '../../src-main/services/score-windows.ts';
import { seededRandom } from '../support/seeded-random.ts';

const store = { rest: () => Promise.resolve() };

describe('KeyIndex', () => {
  it('numbers keys in the order in which they come, apart for each parent', () => {
    const keys = fc.array(fc.tuple(fc.nat(3), fc.string({ maxLength: 3 })), { maxLength: 200 });
    fc.assert(
      fc.property(keys, (all) => {
        const index = new KeyIndex();
        const known = new Map<string, number>();
        for (const [parent, key] of all) {
          const name = `${parent} ${key}`;
          if (!known.has(name)) known.set(name, known.size);
          expect(index.numberOf(parent, key)).toBe(known.get(name));
        }
        expect(index.size).toBe(known.size);
      }),
    );
  });

  it('takes no two of 300,000 keys that are much alike for one', () => {
    const index = new KeyIndex();
    for (let at = 0; at < 300_000; at++) index.numberOf(at % 7, `phrase number ${at}`);
    expect(index.size).toBe(300_000);
    expect(index.numberOf(3, 'phrase number 3')).toBe(3);
  });
});

describe('pacedSort', () => {
  it('sorts as one go does, over many pieces', async () => {
    const random = seededRandom(3);
    for (const size of [0, 1, 65_536, 65_537, 300_001]) {
      const numbers = Float64Array.from({ length: size }, () => Math.floor(random() * 1000) / 1000);
      const before = numbers.slice();
      expect(Buffer.from((await pacedSort(numbers, store)).buffer)).toEqual(
        Buffer.from(Float64Array.from(numbers).sort().buffer),
      );
      expect(numbers).toEqual(before);
    }
  });
});

describe('inOrder', () => {
  async function* items(count: number): AsyncGenerator<number> {
    for (let item = 0; item < count; item++) yield await Promise.resolve(item);
  }

  it('gives results in the order of the items, with no more under way than asked for', async () => {
    let going = 0;
    let most = 0;
    const results: number[] = [];
    const work = async (item: number): Promise<number> => {
      most = Math.max(most, (going += 1));
      await sleep(item % 3 === 0 ? 5 : 1);
      going -= 1;
      return item * 2;
    };
    for await (const result of inOrder(items(20), 3, undefined, work)) results.push(result);
    expect(results).toEqual(Array.from({ length: 20 }, (_, item) => item * 2));
    expect(most).toBe(3);
  });

  it('stops the others where one fails or nobody asks for more, and waits for their end', async () => {
    let ended = 0;
    const work = async (item: number, signal: AbortSignal): Promise<number> => {
      if (item === 1) throw new Error('the second fails');
      if (item > 1) await sleep(10_000, undefined, { signal }).finally(() => (ended += 1));
      return item;
    };
    const results: number[] = [];
    const all = async (): Promise<void> => {
      for await (const result of inOrder(items(9), 3, undefined, work)) results.push(result);
    };
    await expect(all()).rejects.toThrow('the second fails');
    expect(results).toEqual([0]);
    expect(ended).toBe(2);
    for await (const result of inOrder(items(9), 3, undefined, async (item, signal) =>
      item === 0 ? 0 : sleep(10_000, item, { signal }),
    )) {
      expect(result).toBe(0);
      break;
    }
  });
});

describe('rowWindows', () => {
  it('cuts pieces of any size into windows that know where they are', async () => {
    const pieces = fc.array(fc.nat(2000), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(pieces, fc.nat(100), async (sizes, from) => {
        const rows = sizes.map((size, at) => Array.from({ length: size }, (_, row) => `${at} ${row}`));
        const source = (async function* () {
          for (const piece of rows) yield await Promise.resolve({ rows: piece, total: 5 });
        })();
        const size = new WindowSize();
        const read: string[] = [];
        let now = 0;
        for await (const window of rowWindows(source, from, size)) {
          expect(window.from).toBe(from + read.length);
          expect(window.rows.length).toBeGreaterThan(0);
          expect(window.total).toBeGreaterThanOrEqual(window.from + window.rows.length);
          read.push(...window.rows);
          size.ended(window.rows.length, (now += window.rows.length % 2 === 0 ? 10 : 2000));
        }
        expect(read).toEqual(rows.flat());
      }),
      { numRuns: 30 },
    );
  });
});
