import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtinTitles } from '../../src-main/cpc/builtin-titles.ts';
import { contextText } from '../../src-main/cpc/context-text.ts';

const titles = await builtinTitles(join(import.meta.dirname, '../../resources'));
const bySymbol = new Map(titles.map((title) => [title.symbol, title]));

it('has every section, class and subclass with its parent', () => {
  const count = (depth: number): number => titles.filter((title) => title.depth === depth).length;
  expect([count(0), count(1), count(2), titles.length]).toEqual([9, 136, 674, 819]);
  for (const { symbol, depth, parent } of titles) {
    const above = parent === null ? undefined : bySymbol.get(parent);
    expect([symbol, above?.depth]).toEqual([symbol, depth === 0 ? undefined : depth - 1]);
  }
});

it('gives every class its context text: section and class title, lower-cased, without references', () => {
  const title = (symbol: string): string => titles.find((row) => row.symbol === symbol)!.title;
  expect(contextText(title('A'), title('A47'))).toBe(
    'human necessities; furniture; domestic articles or appliances; coffee mills; spice mills; suction cleaners in general',
  );
  expect(contextText(title('H'), title('H04'))).toBe('electricity; electric communication technique');
  expect(contextText(title('G'), null)).toBe('physics');
  for (const { symbol, depth } of titles.filter((row) => row.depth === 1)) {
    expect([symbol, depth, contextText(title(symbol[0]!), title(symbol))]).not.toContainEqual(
      expect.stringMatching(/[{}()]|\d{2}\//),
    );
  }
});

it('says which file is missing', async () => {
  await expect(builtinTitles('/nowhere')).rejects.toMatchObject({
    message: expect.stringContaining('/nowhere/cpc/titles.tsv') as string,
  });
});
