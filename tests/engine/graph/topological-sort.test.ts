import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topologicalSort } from '../../../src-main/engine/graph/topological-sort.ts';

describe('topologicalSort', () => {
  it('keeps an order that is already right', () => {
    const needs = new Map([[3, [1, 2]], [2, [1]]]); // prettier-ignore
    expect(topologicalSort([1, 4, 2, 3], (item) => needs.get(item) ?? [])).toEqual({ order: [1, 4, 2, 3] });
  });

  it('puts every item after what it depends on, whatever the order', () => {
    const shuffled = fc.shuffledSubarray([...Array(40).keys()], { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(shuffled, fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 80 }), (items, edges) => {
        const needs = (item: number): number[] =>
          edges.filter(([to, from]) => to === item && from < to).map(([, from]) => from);
        const sorted = topologicalSort(items, needs);
        if (!('order' in sorted)) throw new Error('There is no circle: every edge leads to a larger number.');
        const place = new Map(sorted.order.map((item, at) => [item, at]));
        expect(sorted.order.toSorted((a, b) => a - b)).toEqual([...Array(40).keys()]);
        for (const item of items) {
          for (const from of needs(item)) expect(place.get(from)).toBeLessThan(place.get(item) as number);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('tells the items of a circle and those that wait for it', () => {
    const needs = new Map([[1, [2]], [2, [1]], [3, [2]]]); // prettier-ignore
    expect(topologicalSort([0, 1, 2, 3], (item) => needs.get(item) ?? [])).toEqual({ circle: [1, 2, 3] });
  });

  it('sorts a chain of 200,000 items without running out of stack', () => {
    const items = Array.from({ length: 200_000 }, (_, at) => 199_999 - at);
    const sorted = topologicalSort(items, (item) => (item === 0 ? [] : [item - 1]));
    expect('order' in sorted && sorted.order[199_999]).toBe(199_999);
  });
});
