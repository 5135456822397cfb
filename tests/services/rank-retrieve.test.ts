import { beforeEach, describe, expect, it } from 'vitest';
import { calls } from '../../src-main/contract/calls.ts';
import { embedPhrases } from '../../src-main/services/phrase-embedding.ts';
import { retrieveRanked } from '../../src-main/services/rank-retrieve.ts';
import { scoreRanked } from '../../src-main/services/rank-score.ts';
import { addLibraryPhrases, removeSomeLibraryPhrases } from '../../src-main/store/tables/library-phrase.ts';
import { upsertCpc } from '../../src-main/store/tables/cpc.ts';
import { addLibrary, lookupFixture, type LookupFixture } from '../support/lookup-fixture.ts';

const phrases = [
  'abatement of pollution',
  'polluting the sea',
  'pollution control',
  'book shelf',
  'shelf for books',
];
let fixture: LookupFixture;
let library: { readonly id: number; readonly phraseIds: readonly number[] };
beforeEach(() => {
  fixture = lookupFixture();
  library = addLibrary(fixture.store, 'Mine', phrases);
  return () => fixture.store.close();
});

async function retrieve(input: Record<string, unknown>) {
  const parsed = calls['rank.retrieve'].input.parse({ context: 'A47', ...input });
  const output = await retrieveRanked(fixture.context, parsed);
  return calls['rank.retrieve'].output.parse(output);
}

describe('stage one of a lookup', () => {
  it('finds by vectors and words, the likeliest first, and tells where each phrase comes from', async () => {
    await embedPhrases(fixture.context);
    const { anchor, context, results, scored, notices } = await retrieve({
      anchor: '  Pollution\u200b control\u0007 ',
    });
    expect([anchor, context.symbol, scored, notices]).toEqual(['Pollution control', 'A47', false, []]);
    expect(
      results
        .map(({ phrase }) => phrase)
        .slice(0, 3)
        .sort(),
    ).toEqual([...phrases.slice(0, 3)].sort());
    expect(results[0]).toMatchObject({
      phrase: 'pollution control',
      score: null,
      rating: null,
      sources: [{ libraryId: library.id, library: 'Mine', symbol: null }],
    });
    expect(results[0]?.similarity).toBeCloseTo(1, 3);
    expect(results).toHaveLength(5);
  });

  it('finds by words alone what has no vector yet, and says so', async () => {
    const { results, notices } = await retrieve({ anchor: 'shelf of books' });
    expect(results.map(({ phrase, similarity }) => [phrase, similarity])).toEqual([
      ['book shelf', null],
      ['shelf for books', null],
    ]);
    expect(notices).toEqual(['5 phrases have no vector yet; until then they are found by words only.']);
    expect(fixture.engine.asked).toEqual([]);
  });

  it('finds fragments of words', async () => {
    expect((await retrieve({ anchor: 'ollut' })).results).toHaveLength(3);
  });

  it('lists all libraries of a phrase, with five of its CPC symbols at most', async () => {
    const cpc = addLibrary(fixture.store, 'CPC titles', [], 'builtin');
    const phraseId = library.phraseIds[3] ?? 0;
    const symbols = Array.from({ length: 9 }, (_, index) => `A47B${index + 1}/00`);
    addLibraryPhrases(
      fixture.store,
      cpc.id,
      symbols.map((symbol) => ({ phraseId, symbol })),
    );
    const { results } = await retrieve({ anchor: 'book shelf' });
    const sources = results.find((result) => result.phraseId === phraseId)?.sources;
    expect(sources).toEqual([
      { libraryId: library.id, library: 'Mine', symbol: null },
      ...symbols.slice(0, 5).map((symbol) => ({ libraryId: cpc.id, library: 'CPC titles', symbol })),
    ]);
  });

  it('keeps to the libraries asked for, for vectors and words alike', async () => {
    const other = addLibrary(fixture.store, 'Other', ['pollution of rivers', 'garden shelf']);
    await embedPhrases(fixture.context);
    const { results } = await retrieve({ anchor: 'pollution control', libraryIds: [other.id] });
    expect(results.map(({ phrase }) => phrase).sort()).toEqual(['garden shelf', 'pollution of rivers']);
    const none = await retrieve({ anchor: 'pollution control', libraryIds: [999] });
    expect([none.results, none.scored]).toEqual([[], true]);
  });

  it('leaves out phrases that are in no library any more', async () => {
    await embedPhrases(fixture.context);
    const [phraseId] = removeSomeLibraryPhrases(fixture.store, library.id, 1);
    const { results } = await retrieve({ anchor: 'pollution control' });
    expect(results.length).toBeGreaterThan(0);
    expect(results.map((result) => result.phraseId)).not.toContain(phraseId);
  });

  it('gives the members of a title that is a list, never the list, and as many as asked for', async () => {
    const { store } = fixture;
    const cpc = addLibrary(store, 'CPC titles', [], 'builtin');
    const lists = Array.from({ length: 40 }, (_, index) => [`pump ${index}`, `pump for water ${index}`]);
    upsertCpc(
      store,
      cpc.id,
      lists.map((members, position) => ({
        ...{ symbol: `F04B${position}/00`, level: 'group', parent: null, title: members.join('; ') },
        ...{ phrase: members.join('; '), phrases: members, position, hasChildren: false },
      })),
    );
    const some = { anchor: 'pump for water; pump', libraryIds: [cpc.id] };
    for (const embedded of [false, true]) {
      if (embedded) await embedPhrases(fixture.context);
      for (const limit of [1, 50, 80]) {
        const { results } = await retrieve({ ...some, limit });
        expect(results).toHaveLength(limit);
        expect(results.filter(({ phrase }) => phrase.includes(';'))).toEqual([]);
        expect(results.every(({ sources }) => sources[0]?.symbol?.startsWith('F04B') === true)).toBe(true);
      }
    }
    // Nor is it found by its very words.
    const { results } = await retrieve({ anchor: 'pump 3; pump for water 3' });
    expect(results.map(({ phrase }) => phrase)).not.toContain('pump 3; pump for water 3');
  });

  it('gives no more than asked for', async () => {
    await embedPhrases(fixture.context);
    expect((await retrieve({ anchor: 'pollution', limit: 2 })).results).toHaveLength(2);
  });

  it('answers in the order of the scores, without the engine, once all are cached', async () => {
    await embedPhrases(fixture.context);
    const first = await retrieve({ anchor: 'pollution controls' });
    const phraseIds = first.results.map(({ phraseId }) => phraseId);
    await scoreRanked(fixture.context, { anchor: 'pollution controls', context: 'A47', phraseIds });
    const asked = fixture.engine.asked.length;
    const again = await retrieve({ anchor: 'Pollution  Controls' });
    expect(again.scored).toBe(true);
    expect(fixture.engine.asked).toHaveLength(asked);
    const scores = again.results.map(({ score }) => score ?? -1);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(again.results.every(({ rating }) => rating !== null)).toBe(true);
    // Scores of one class say nothing about another.
    expect((await retrieve({ anchor: 'pollution controls', context: 'B01' })).scored).toBe(false);
  });

  it('never compares vectors of different retrievers', async () => {
    await embedPhrases(fixture.context);
    const changed = lookupFixture({ retriever: 'c', store: fixture.store });
    const { results, notices } = await retrieveRanked(changed.context, {
      ...{ anchor: 'pollution', context: 'A47', limit: 100, libraryIds: [] },
    });
    expect(results.map(({ similarity }) => similarity)).toEqual(results.map(() => null));
    expect(notices).toHaveLength(1);
  });

  it.each([
    ['', /anchor is empty/],
    [' \u0000\u200b\t ', /anchor is empty/],
    ['x'.repeat(10_000), /has 10,000 characters; at most 1,000/],
  ])('refuses the anchor %.10j and says what to do', async (anchor, message) => {
    await expect(retrieve({ anchor })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(message) as string,
    });
  });

  it.each(['😀', '"; DROP TABLE phrase', 'NEAR(a b)', '*', 'a OR', '\u202epollution', 'x'.repeat(1000)])(
    'takes the anchor %.20j as it is',
    async (anchor) => {
      await embedPhrases(fixture.context);
      expect((await retrieve({ anchor })).results.length).toBeGreaterThan(0);
    },
  );
});
