import { beforeEach, describe, expect, it } from 'vitest';
import { calls } from '../../src-main/contract/calls.ts';
import { describeLibraries, removeLibrary } from '../../src-main/services/libraries.ts';
import { embedPhrases } from '../../src-main/services/phrase-embedding.ts';
import { searchWords } from '../../src-main/store/search/search-words.ts';
import { upsertCpc } from '../../src-main/store/tables/cpc.ts';
import { countPhrases, findPhrase } from '../../src-main/store/tables/phrase.ts';
import { addLibrary, lookupFixture, type LookupFixture } from '../support/lookup-fixture.ts';

let fixture: LookupFixture;
let builtin = 0;
beforeEach(() => {
  fixture = lookupFixture();
  builtin = addLibrary(fixture.store, 'CPC titles', ['hand tools'], 'builtin').id;
  return () => fixture.store.close();
});
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `phrase number ${index}`);

describe('the list of libraries', () => {
  it('tells how many phrases each has and how many of them have vectors', async () => {
    addLibrary(fixture.store, 'early', ['one', 'two', 'TWO']);
    await embedPhrases(fixture.context);
    addLibrary(fixture.store, 'late', ['two', 'three', 'four']);
    const list = calls['libraries.list'].output.parse(await describeLibraries(fixture.context));
    expect(list.map(({ name, kind, phrases, embedded }) => [name, kind, phrases, embedded])).toEqual([
      ['CPC titles', 'builtin', 1, 1],
      ['early', 'user', 2, 2],
      ['late', 'user', 3, 1],
    ]);
  });

  it('counts a phrase once, however many symbols it has', async () => {
    const symbols = ['B25B1/00', 'B25B3/00'].map((symbol, position) => ({
      ...{
        symbol,
        level: 'group' as const,
        parent: null,
        title: 'DETAILS',
        phrase: 'Details',
        phrases: ['Details'],
      },
      ...{ position, hasChildren: false },
    }));
    upsertCpc(fixture.store, builtin, symbols);
    upsertCpc(fixture.store, builtin, symbols);
    expect((await describeLibraries(fixture.context))[0]?.phrases).toBe(2);
    const renamed = symbols.map((entry) => ({ ...entry, phrase: 'Parts', phrases: ['Parts'] }));
    upsertCpc(fixture.store, builtin, renamed.slice(0, 1));
    expect((await describeLibraries(fixture.context))[0]?.phrases).toBe(3);
    upsertCpc(fixture.store, builtin, renamed);
    expect((await describeLibraries(fixture.context))[0]?.phrases).toBe(2);
  });

  it('is given without a retriever too', async () => {
    const packs = { ...fixture.context.packs, retriever: () => Promise.reject(new Error('missing')) };
    expect(await describeLibraries({ ...fixture.context, packs })).toHaveLength(1);
  });
});

describe('the removal of a library', () => {
  it('takes its phrases, words and vectors along, but not what others hold', async () => {
    const mine = addLibrary(fixture.store, 'mine', [...numbered(500), 'hand tools', 'shared']);
    addLibrary(fixture.store, 'other', ['shared']);
    await embedPhrases(fixture.context);
    expect(await removeLibrary(fixture.context, { id: mine.id })).toEqual({});
    const { store } = fixture;
    expect([countPhrases(store), store.value('SELECT count(*) FROM phrase')]).toEqual([2, 2]);
    expect(store.value('SELECT count(*) FROM phrase_vector')).toBe(2);
    expect(store.value('SELECT count(*) FROM phrase_bits_1')).toBe(2);
    expect(searchWords(store, 'number phrase', { limit: 10, libraryIds: [] })).toEqual([]);
    expect(findPhrase(store, 'hand tools')).not.toBeNull();
    expect(fixture.events).toEqual(['libraries.changed']);
    // The word index agrees with the table that it indexes.
    expect(() =>
      store.exec(`INSERT INTO phrase_words (phrase_words, rank) VALUES ('integrity-check', 1)`),
    ).not.toThrow();
  });

  it('goes in short transactions with turns of the event loop in between', async () => {
    const { id } = addLibrary(fixture.store, 'mine', numbered(1000));
    let turns = 0;
    let running = true;
    const count = () => {
      turns += 1;
      if (running) setImmediate(count);
    };
    setImmediate(count);
    await removeLibrary(fixture.context, { id });
    running = false;
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  it('is refused for a built-in library and for one that is gone', async () => {
    await expect(removeLibrary(fixture.context, { id: builtin })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(removeLibrary(fixture.context, { id: 99 })).rejects.toMatchObject({ code: 'not-found' });
    expect(await describeLibraries(fixture.context)).toHaveLength(1);
  });
});
