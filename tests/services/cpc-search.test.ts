import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCpcChildren } from '../../src-main/services/cpc-children.ts';
import { resolveContext } from '../../src-main/services/cpc-context.ts';
import { getCpcSymbol } from '../../src-main/services/cpc-get.ts';
import { importCpc } from '../../src-main/services/cpc-import.ts';
import { ensureBuiltinCpc } from '../../src-main/services/cpc-library.ts';
import { searchCpc } from '../../src-main/services/cpc-search.ts';
import { openStore } from '../../src-main/store/open.ts';
import { addLibrary } from '../support/lookup-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-search-'));
const store = openStore(':memory:');
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeAll(async () => {
  const lines = [
    'A47B1/00\t0\tExtensible tables',
    'A47B1/02\t1\twith insertable leaves',
    'A47B1/03\t2\tthe leaves being foldable or revolvable',
    'A47B1/10\t1\twith slides',
    'A47B3/00\t0\tFolding or stowable tables',
    'A47B13/00\t0\tDetails of tables or desks',
    'A47C4/00\t0\tFoldable, collapsible or dismountable chairs',
    'A47C4/04\t1\tFolding chairs with inflexible seats',
    'H01M10/00\t0\tSecondary cells',
    'H01M10/05\t1\tRocking-chair batteries, i.e. batteries with lithium insertion',
    'F16K1/00\t0\tLift valves',
    'F16K1/02\t1\tValve',
    'F15B1/00\t0\tHydraulic accumulators',
  ];
  await ensureBuiltinCpc(store, join(import.meta.dirname, '../../resources'));
  // Groups under the built-in heads, as an import of the list brings them.
  const heads = store.all<{ symbol: string; title: string }>('SELECT symbol, title FROM cpc ORDER BY symbol');
  const path = join(folder, 'list.txt');
  const rows = heads.flatMap(({ symbol, title }) => [
    `${symbol}\t\t${title}`,
    ...(symbol.length === 4 ? lines.filter((line) => line.startsWith(symbol)) : []),
  ]);
  writeFileSync(path, rows.join('\n'));
  await importCpc(store, { path });
});

const symbols = (query: string, limit = 20): string[] =>
  searchCpc(store, { query, limit }).map((entry) => entry.symbol);

describe('searchCpc in a workspace with a large library of the user', () => {
  it('finds titles behind hundreds of phrases that match better', async () => {
    const crowded = openStore(':memory:');
    const path = join(folder, 'crowded.txt');
    writeFileSync(
      path,
      'F04B1/00\t0\tMultiple-cylinder machines or pumps with valves for liquids of any kind',
    );
    await importCpc(crowded, { path });
    addLibrary(
      crowded,
      'Mine',
      Array.from({ length: 1000 }, (_, index) => `pump ${index}`),
    );
    expect(searchCpc(crowded, { query: 'pump', limit: 20 }).map(({ symbol }) => symbol)).toEqual([
      'F04B1/00',
    ]);
    crowded.close();
  });
});

describe('searchCpc', () => {
  it.each([
    ['A47B1/0', ['A47B1/00', 'A47B1/02', 'A47B1/03']],
    ['a47b 1', ['A47B1/00', 'A47B1/02', 'A47B1/03', 'A47B1/10', 'A47B13/00']],
    ['A47B1/00', ['A47B1/00', 'A47B1/02', 'A47B1/10']],
    ['a47b0001/02', ['A47B1/02', 'A47B1/03']],
    ['A4', ['A41', 'A42', 'A43', 'A44', 'A45', 'A46', 'A47']],
    ['b6', ['B60', 'B61', 'B62', 'B63', 'B64', 'B65', 'B66', 'B67', 'B68']],
  ])('finds symbols by their beginning: %j', (query, expected) => {
    expect(symbols(query)).toEqual(expected);
  });

  it('goes one level down from a section, a class or a subclass', () => {
    expect(symbols('A', 4)).toEqual(['A', 'A01', 'A21', 'A22']);
    expect(symbols('a47', 4)).toEqual(['A47', 'A47B', 'A47C', 'A47D']);
    expect(symbols('A47B')).toEqual(['A47B', 'A47B1/00', 'A47B3/00', 'A47B13/00']);
  });

  it.each([
    ['furniture', 'A47'],
    ['brush', 'A46B'],
    ['valves', 'F16K'],
    ['valve', 'F16K'],
    ['vehicles in general', 'B60'],
    ['lithium battery', 'H01M10/05'],
    ['folding chair', 'A47C4/04'],
    ['extensib', 'A47B1/00'],
    ['TREATMENT of WATER', 'C02'],
    ['ydraul', 'E02'],
    ['"lift" AND (valves) NEAR/2 *', 'F16K1/00'],
  ])('finds titles by words and fragments: %j', (query, first) => {
    expect(symbols(query)[0]).toBe(first);
  });

  it('finds what has some of the words when nothing has all of them', () => {
    expect(symbols('stowable spaceship tables')).toContain('A47B3/00');
  });

  it.each(['', '   ', '"', '💧', '()', 'zzzzqqq', '\0', 'NOT', '*', '-'])(
    'gives nothing for %j, and no error',
    (query) => {
      expect(symbols(query).length).toBeLessThanOrEqual(query === 'NOT' ? 20 : 0);
    },
  );

  it('keeps to the limit', () => {
    expect(symbols('tables', 2)).toHaveLength(2);
    expect(symbols('A47', 2)).toHaveLength(2);
  });
});

describe('the tree', () => {
  it('is walked from the sections down', () => {
    expect(listCpcChildren(store, { symbol: null }).map((entry) => entry.symbol)).toEqual([...'ABCDEFGHY']);
    expect(listCpcChildren(store, { symbol: 'a47b 1/00' })).toEqual([
      {
        symbol: 'A47B1/02',
        level: 'subgroup',
        title: 'with insertable leaves',
        phrase: 'with insertable leaves',
        hasChildren: true,
      },
      {
        symbol: 'A47B1/10',
        level: 'subgroup',
        title: 'with slides',
        phrase: 'with slides',
        hasChildren: false,
      },
    ]);
    expect(listCpcChildren(store, { symbol: 'A47B1/10' })).toEqual([]);
  });

  it('is walked up: a symbol comes with its ancestors and the context it gives', () => {
    const { entry, ancestors, context } = getCpcSymbol(store, { symbol: 'a47b 1/03' });
    expect(entry.symbol).toBe('A47B1/03');
    expect(ancestors.map((above) => above.symbol)).toEqual(['A', 'A47', 'A47B', 'A47B1/00', 'A47B1/02']);
    expect(context).toEqual({
      symbol: 'A47',
      asked: 'A47B1/03',
      text: expect.stringMatching(/^human necessities; furniture;/) as string,
    });
  });
});

describe('resolveContext', () => {
  it.each([
    ['A47', 'A47', 'A47'],
    [' a 47 ', 'A47', 'A47'],
    ['A47B', 'A47', 'A47B'],
    ['A47B1/00', 'A47', 'A47B1/00'],
    ['A47B99/99', 'A47', 'A47B99/99'],
    ['h', 'H', 'H'],
  ])('cuts %j to %s', (asked, symbol, tidied) => {
    expect(resolveContext(store, asked)).toMatchObject({ symbol, asked: tidied });
  });

  it('gives a section alone its own title', () => {
    expect(resolveContext(store, 'H').text).toBe('electricity');
  });
});

describe('an unknown symbol', () => {
  it.each([
    ['A4X', 'not-found', ['A41', 'A42', 'A43'], '"A4X" is not a CPC symbol. Did you mean A41, A42 or A43?'],
    ['A48', 'not-found', ['A47', 'A46', 'A45'], '"A48" is not a CPC symbol. Did you mean A47, A46 or A45?'],
    [
      'furniture',
      'not-found',
      ['A47', 'A47D', 'A47B'],
      '"furniture" is not a CPC symbol. Did you mean A47, A47D or A47B?',
    ],
    ['', 'bad-input', [], 'No CPC symbol was given. Pass one such as A47, A47B or A47B1/00.'],
    [
      '💧',
      'not-found',
      [],
      '"💧" is not a CPC symbol, and no title matches it. Expected a symbol such as A47, A47B or A47B1/00.',
    ],
  ])('%j gets the nearest ones', (input, code, suggestions, message) => {
    const error = { code, message, details: expect.objectContaining({ suggestions }) as unknown };
    expect(() => resolveContext(store, input)).toThrowError(expect.objectContaining(error) as Error);
    expect(() => getCpcSymbol(store, { symbol: input })).toThrowError(
      expect.objectContaining(error) as Error,
    );
    expect(() => listCpcChildren(store, { symbol: input })).toThrowError(
      expect.objectContaining(error) as Error,
    );
  });

  it('that is a group says how to import the groups, while only the upper levels are there', () => {
    const message = expect.stringMatching(
      /^The group A47B5\/00 is not known.*cpc import.*Did you mean A47B3\/00/,
    ) as string;
    expect(() => getCpcSymbol(store, { symbol: 'A47B5/00' })).toThrowError(
      expect.objectContaining({ message }) as Error,
    );
  });
});
