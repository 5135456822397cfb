import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { importCpc } from '../../src-main/services/cpc-import.ts';
import { ensureBuiltinCpc } from '../../src-main/services/cpc-library.ts';
import { openStore } from '../../src-main/store/open.ts';
import type { Store } from '../../src-main/store/store.ts';
import { countCpc, cpcChildren, getCpc } from '../../src-main/store/tables/cpc.ts';
import { findLibrary } from '../../src-main/store/tables/library.ts';
import { countPhrases, findPhrase } from '../../src-main/store/tables/phrase.ts';
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

  const official = dataFile('cpc/CPCTitleList202202.zip');
  it.skipIf(official === null)(
    'imports the whole official list over the built-in titles (needs the public data)',
    async () => {
      const path = join(folder, 'whole.sqlite');
      const store = openStore(path);
      try {
        await ensureBuiltinCpc(store, resources);
        const stages: (number | null)[] = [];
        const result = await importCpc(store, { path: official! }, (_, total) => stages.push(total));
        expect(result).toMatchObject({
          symbols: 260_476,
          added: 259_657,
          removed: 0,
          badCount: 0,
          skipped: [],
        });
        expect(countCpc(store)).toBe(260_476);
        expect(stages.at(-1)).toBe(260_476);
      } finally {
        store.close();
      }
    },
    180_000,
  );
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
