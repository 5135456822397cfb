import { beforeEach, describe, expect, it, vi } from 'vitest';
import { calls } from '../../src-main/contract/calls.ts';
import { listHistory } from '../../src-main/services/history.ts';
import { scoreRanked } from '../../src-main/services/rank-score.ts';
import { fakeScore } from '../support/fake-engine.ts';
import { addLibrary, lookupFixture, type LookupFixture } from '../support/lookup-fixture.ts';

const phrases = ['Book shelf', 'shelf', 'garden hose'];
let fixture: LookupFixture;
let phraseIds: readonly number[] = [];
beforeEach(() => {
  fixture = lookupFixture();
  phraseIds = addLibrary(fixture.store, 'Mine', phrases).phraseIds;
  return () => fixture.store.close();
});

async function score(input: Record<string, unknown> = {}, { context } = fixture) {
  const parsed = calls['rank.score'].input.parse({ anchor: 'Shelf', context: 'A47', phraseIds, ...input });
  return calls['rank.score'].output.parse(await scoreRanked(context, parsed));
}
const scoredRows = () => fixture.engine.asked.map(({ rows }) => rows);

describe('stage two of a lookup', () => {
  it('scores every phrase in one engine call, in the order of the input', async () => {
    const { scorer, results } = await score();
    expect(scorer).toBe('scorer-fake');
    expect(results.map(({ phraseId }) => phraseId)).toEqual(phraseIds);
    for (const [index, { score: found }] of results.entries()) {
      expect(found).toBeCloseTo(fakeScore('shelf', phrases[index]?.toLowerCase() ?? '', 'A47'), 6);
    }
    expect(results[1]).toMatchObject({ score: 1, rating: 4, cached: false });
    expect(results[2]?.rating).toBe(0);
    expect(scoredRows()).toEqual([3]);
  });

  it('answers the same anchor asked again from the cache, to the last bit', async () => {
    const first = await score();
    const again = await score({ anchor: '  SHELF ' });
    expect(again.results).toEqual(first.results.map((result) => ({ ...result, cached: true })));
    expect(scoredRows()).toEqual([3]);
  });

  it('asks the engine only for what the cache lacks', async () => {
    await score({ phraseIds: phraseIds.slice(0, 2) });
    expect((await score()).results.map(({ cached }) => cached)).toEqual([true, true, false]);
    expect(scoredRows()).toEqual([2, 1]);
  });

  it('keeps scores of other classes, anchors and scorers apart', async () => {
    await score();
    await score({ context: 'B01' });
    await score({ anchor: 'shelves' });
    const changed = lookupFixture({ scorer: 'd', store: fixture.store });
    await score({}, changed);
    expect([...scoredRows(), ...changed.engine.asked.map(({ rows }) => rows)]).toEqual([3, 3, 3, 3]);
  });

  it('stores nothing when the engine dies in the middle, and works again afterwards', async () => {
    fixture.engine.dieOnNextCall();
    await expect(score({ remember: { libraryIds: [] } })).rejects.toMatchObject({ code: 'engine-stopped' });
    const counts = ['score', 'score_set', 'text', 'history'].map((table) =>
      fixture.store.value(`SELECT count(*) FROM ${table}`),
    );
    expect(counts).toEqual([0, 0, 0, 0]);
    expect((await score()).results).toHaveLength(3);
  });

  it('leaves out phrases that are gone and answers one asked for twice twice', async () => {
    const [first = 0] = phraseIds;
    const { results } = await score({ phraseIds: [first, 999, first] });
    expect(results.map(({ phraseId }) => phraseId)).toEqual([first, first]);
    expect(scoredRows()).toEqual([1]);
  });

  it('does not trouble the engine for no phrases', async () => {
    expect((await score({ phraseIds: [] })).results).toEqual([]);
    expect(scoredRows()).toEqual([]);
  });

  it('refuses a score that is no number from 0 to 1', async () => {
    fixture.engine.call = () => Promise.resolve({ scores: Float32Array.of(0.5, NaN, 0.5) } as never);
    await expect(score()).rejects.toMatchObject({
      code: 'engine-failed',
      message: expect.stringContaining('NaN for "shelf"') as string,
    });
  });

  it('notes a query once, with a new time when it is asked again', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    const history = () => listHistory(fixture.context, { limit: 50 });
    await score({ remember: { libraryIds: [2, 1] } });
    const [first] = history();
    expect(first).toMatchObject({ anchor: 'Shelf', context: 'A47', libraryIds: [1, 2], results: 3 });
    vi.setSystemTime(1000);
    await score({ anchor: 'hose', remember: { libraryIds: [] } });
    vi.setSystemTime(2000);
    await score({ anchor: 'SHELF', remember: { libraryIds: [1, 2] } });
    expect(history().map(({ id, anchor }) => [id, anchor])).toEqual([
      [first?.id, 'SHELF'],
      [expect.any(Number), 'hose'],
    ]);
    await score({ remember: { libraryIds: [] } });
    expect(history()).toHaveLength(3);
    vi.useRealTimers();
  });
});
