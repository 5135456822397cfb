import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { titlePhrases } from '../../src-main/cpc/title-phrases.ts';
import { zipTexts } from '../../src-main/cpc/zip-texts.ts';
import { importCpc } from '../../src-main/services/cpc-import.ts';
import { ensureBuiltinCpc } from '../../src-main/services/cpc-library.ts';
import { openStore } from '../../src-main/store/open.ts';
import type { Store } from '../../src-main/store/store.ts';
import { countCpc, cpcChildren, getCpc } from '../../src-main/store/tables/cpc.ts';
import { findLibrary } from '../../src-main/store/tables/library.ts';
import { countPhrases, findPhrase } from '../../src-main/store/tables/phrase.ts';
import { phraseSources } from '../../src-main/store/tables/source.ts';
import { dataFile } from '../support/data-dir.ts';
import { memoryStore } from '../support/memory-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-cpc-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const resources = join(import.meta.dirname, '../../resources');

function list(...lines: string[]): string {
  const path = join(folder, `${Math.random()}.txt`);
  writeFileSync(path, lines.join('\n'));
  return path;
}

const edition1 = [
  'A\t\tHUMAN NECESSITIES',
  'A47\t\tFURNITURE',
  'A47B\t\tTABLES (beds A47C)',
  'A47B1/00\t0\tExtensible tables',
  'A47B1/02\t1\t{with leaves} (see A47B1/04)',
  'A47B1/04\t1\tDetails',
  'A47B3/00\t0\tDetails',
];

function everything(store: Store): unknown {
  const tables = ['cpc', 'phrase', 'library', 'library_phrase', 'tally'];
  return tables.map((table) => store.all(`SELECT * FROM ${table}`));
}

describe('importCpc', () => {
  it('stores the titles as phrases of the built-in library, with their place in the tree', async () => {
    const store = memoryStore();
    const result = await importCpc(store, { path: list(...edition1) });
    expect(result).toMatchObject({ symbols: 7, added: 7, updated: 0, unchanged: 0, removed: 0, badCount: 0 });
    expect(cpcChildren(store, 'A47B').map((row) => [row.symbol, row.phrase, row.hasChildren])).toEqual([
      ['A47B1/00', 'Extensible tables', true],
      ['A47B3/00', 'Details', false],
    ]);
    expect(getCpc(store, 'A47B1/02')).toMatchObject({
      parent: 'A47B1/00',
      title: '{with leaves} (see A47B1/04)',
      phrase: 'with leaves',
    });
    expect(findLibrary(store, 'CPC titles')).toMatchObject({ kind: 'builtin', phrases: 6 });
  });

  it('adds nothing the second time', async () => {
    const store = memoryStore();
    const path = list(...edition1);
    await importCpc(store, { path });
    const before = everything(store);
    expect(await importCpc(store, { path })).toMatchObject({
      added: 0,
      updated: 0,
      unchanged: 7,
      removed: 0,
    });
    expect(everything(store)).toEqual(before);
  });

  it('takes over a newer edition: new titles, new symbols, and symbols that are gone in its sections', async () => {
    const store = memoryStore();
    await importCpc(store, { path: list(...edition1) });
    await importCpc(store, { path: list('H\t\tELECTRICITY') });
    const edition2 = [
      ...edition1.slice(0, 3),
      'A47B1/00\t0\tExtendable tables',
      'A47B1/03\t1\tsliding',
      ...edition1.slice(5),
    ];
    expect(await importCpc(store, { path: list(...edition2) })).toMatchObject({
      added: 1,
      updated: 1,
      unchanged: 5,
      removed: 1,
    });
    expect(getCpc(store, 'A47B1/00')?.phrase).toBe('Extendable tables');
    expect(getCpc(store, 'A47B1/02')).toBeNull();
    expect(getCpc(store, 'H')?.phrase).toBe('Electricity');
    expect(countCpc(store)).toBe(8);
    // The library forgets the titles that nobody bears any more.
    expect(findLibrary(store, 'CPC titles')?.phrases).toBe(7);
    expect(findPhrase(store, 'with leaves')).toBeNull();
    expect(findPhrase(store, 'Extensible tables')).toBeNull();
    expect(countPhrases(store)).toBe(7);
  });

  it('finishes an import that was cut off, when it is run again', async () => {
    const lines = ['A\t\tHUMAN NECESSITIES', 'A47\t\tFURNITURE', 'A47B\t\tTABLES'];
    for (let group = 1; group < 3000; group++) lines.push(`A47B${group}/00\t0\tTable number ${group}`);
    const path = list(...lines);
    const whole = memoryStore();
    await importCpc(whole, { path });
    const store = memoryStore();
    const stop = new AbortController();
    const cut = importCpc(store, { path }, (done) => done > 0 && stop.abort(), stop.signal);
    await expect(cut).rejects.toMatchObject({ code: 'cancelled' });
    expect(countCpc(store)).toBeGreaterThan(0);
    expect(countCpc(store)).toBeLessThan(3002);
    await importCpc(store, { path });
    expect(countCpc(store)).toBe(countCpc(whole));
    expect(store.all('SELECT symbol, parent, title, position, has_children FROM cpc')).toEqual(
      whole.all('SELECT symbol, parent, title, position, has_children FROM cpc'),
    );
    expect(findLibrary(store, 'CPC titles')?.phrases).toBe(findLibrary(whole, 'CPC titles')?.phrases);
  });

  it('writes nothing when the list is no list', async () => {
    const store = memoryStore();
    await expect(importCpc(store, { path: list('hello', 'world') })).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect([countCpc(store), countPhrases(store), findLibrary(store, 'CPC titles')]).toEqual([0, 0, null]);
  });

  it('stores a title that is empty without its references, or too long, in some form', async () => {
    const store = memoryStore();
    const path = list('A\t\t{}', `A47\t\t${'FURNITURE; '.repeat(200)}`);
    await importCpc(store, { path });
    expect(getCpc(store, 'A')?.phrase).toBe('A');
    expect(getCpc(store, 'A47')?.phrase.length).toBeLessThanOrEqual(1000);
  });

  // Two of the nine sections: the whole list takes half a minute of a small machine and is left to the measurements.
  const official = dataFile('cpc/CPCTitleList202202.zip');
  it.skipIf(official === null)(
    'imports sections of the official list over the built-in titles (needs the public data)',
    async () => {
      const sections = join(folder, 'sections');
      mkdirSync(sections);
      for await (const { file, bytes } of zipTexts(official!, (name) => /section-[DY]/.test(name))) {
        appendFileSync(join(sections, file), bytes);
      }
      const store = openStore(join(folder, 'sections.sqlite'));
      onTestFinished(() => store.close());
      await ensureBuiltinCpc(store, resources);
      const totals: (number | null)[] = [];
      const result = await importCpc(store, { path: sections }, (_, total) => totals.push(total));
      expect(result).toMatchObject({ removed: 0, badCount: 0, skipped: [] });
      expect(result.symbols).toBeGreaterThan(8000);
      expect(countCpc(store)).toBe(819 + result.added);
      expect(totals.at(-1)).toBe(result.symbols);
      // What the lists of a class consist of are phrases; the list itself is none.
      const sources = (text: string) => phraseSources(store, [findPhrase(store, text)?.id ?? 0]);
      const { phrase } = getCpc(store, 'D06')!;
      expect(phrase).toContain(';');
      for (const member of titlePhrases(phrase)) {
        expect([...sources(member).values()].flat().map(({ symbol }) => symbol)).toContain('D06');
      }
      expect(sources(phrase).size).toBe(0);
      const library = findLibrary(store, 'CPC titles')!;
      const held = store.value<number>('SELECT count(DISTINCT phrase_id) FROM library_phrase');
      expect(library.phrases).toBe(held);
      expect(countPhrases(store)).toBe(store.value<number>('SELECT count(*) FROM phrase'));
    },
  );

  it('makes phrases of the members of a list, and forgets those that a newer title lacks', async () => {
    const store = memoryStore();
    const heads = ['A\t\tHUMAN NECESSITIES', 'A47B\t\tTables'];
    await importCpc(store, { path: list(...heads, 'A47\t\tCoffee mills; Spice mills; Tables') });
    const phrases = () =>
      store.values<string>(
        `SELECT display FROM phrase JOIN library_phrase ON phrase_id = phrase.id WHERE symbol = 'A47' ORDER BY 1`,
      );
    expect(phrases()).toEqual(['Coffee mills', 'Spice mills', 'Tables']);
    await importCpc(store, { path: list(...heads, 'A47\t\tCoffee mills; Pepper mills') });
    expect(phrases()).toEqual(['Coffee mills', 'Pepper mills']);
    expect([findPhrase(store, 'Spice mills'), findPhrase(store, 'Tables')?.display]).toEqual([
      null,
      'Tables',
    ]);
    expect(findPhrase(store, 'Coffee mills; Spice mills; Tables')).toBeNull();
    expect(findLibrary(store, 'CPC titles')?.phrases).toBe(4);
  });
});

describe('ensureBuiltinCpc', () => {
  it('fills an empty workspace once', async () => {
    const store = memoryStore();
    expect(await ensureBuiltinCpc(store, resources)).toBe(819);
    expect(await ensureBuiltinCpc(store, resources)).toBe(0);
    expect(cpcChildren(store, null).map((row) => row.symbol)).toEqual([...'ABCDEFGHY']);
  });

  it('leaves titles that are there, and fills up what a cut-off start left out', async () => {
    const store = memoryStore();
    await importCpc(store, { path: list('A\t\tHUMAN NEEDS', 'A47\t\tCHAIRS') });
    expect(await ensureBuiltinCpc(store, resources)).toBe(817);
    expect(getCpc(store, 'A47')?.phrase).toBe('Chairs');
  });
});
