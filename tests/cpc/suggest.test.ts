import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtinTitles } from '../../src-main/cpc/builtin-titles.ts';
import { suggestSymbols, type KnownSymbols } from '../../src-main/cpc/suggest.ts';

const groups = ['A47B1/00', 'A47B1/02', 'A47B1/10', 'A47B3/00', 'A47B13/00'];
let known: KnownSymbols;
beforeAll(async () => {
  const titles = await builtinTitles(join(import.meta.dirname, '../../resources'));
  const heads = titles.map((title) => title.symbol);
  known = { heads, groupsOf: (subclass) => groups.filter((group) => group.startsWith(subclass)) };
});

describe('suggestSymbols', () => {
  it.each([
    ['A4X', ['A41', 'A42', 'A43']],
    ['A48', ['A47', 'A46', 'A45']],
    ['AO1', ['A01', 'A21', 'A41']],
    ['B6OC', ['B60C', 'B60B', 'B60D']],
    ['A01BB', ['A01B']],
    ['A47I', ['A47B', 'A47C', 'A47D']],
    ['A47B1/03', ['A47B1/02', 'A47B1/00', 'A47B1/10']],
    ['A47B11/00', ['A47B13/00', 'A47B1/00', 'A47B1/02']],
    ['A47B/02', ['A47B1/02', 'A47B1/00', 'A47B3/00']],
    ['A47X1/02', ['A47B', 'A47C', 'A47D']],
    ['furniture', []],
    ['  ', []],
    ['💧', []],
  ])('suggests for %j: %j', (input, expected) => {
    expect(suggestSymbols(input, known)).toEqual(expected);
  });

  it('answers a text of any length at once', () => {
    expect(suggestSymbols('A4'.repeat(50_000), known).length).toBeLessThanOrEqual(3);
  });
});
