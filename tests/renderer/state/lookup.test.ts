import { flushSync } from 'svelte';
import { describe, expect } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import { Lookup } from '../../../src-renderer/state/lookup.svelte.ts';
import { contextOf, fakeApi } from '../support/fake-api.ts';
import { held } from '../support/held.ts';
import { settle, testWithEffect } from '../support/with-effect.svelte.ts';

const query = { anchor: 'abatement of pollution', context: 'A47', libraryIds: [], limit: 100 };
const phrases = (lookup: Lookup) => lookup.results.map((result) => result.phrase);

describe('Lookup', () => {
  testWithEffect('shows the retrieved order first, then the order of the scores', async () => {
    const api = fakeApi({ phrases: 5 });
    const scores = held<CallOutput<'rank.score'>>();
    api.answer('rank.score', () => scores.promise);
    const lookup = new Lookup(api);

    const run = lookup.run(query);
    await settle();
    expect(lookup.scoring.status).toBe('loading');
    expect(lookup.results.map((result) => result.score)).toEqual([null, null, null, null, null]);
    const retrieved = phrases(lookup);

    const order = lookup.results.map((result) => result.phraseId);
    scores.answer({
      scorer: 's',
      results: order.map((phraseId, index) => ({
        phraseId,
        score: index / 10,
        rating: 1,
        relation: null,
        cached: false,
      })),
    });
    await run;
    expect(phrases(lookup)).toEqual(retrieved.toReversed());
    expect(lookup.scoring).toEqual({ status: 'ready', value: { scorer: 's', fromCache: 0 } });
  });

  testWithEffect('drops the answers to an older query, of either stage', async () => {
    const api = fakeApi({ phrases: 3 });
    const first = held<CallOutput<'rank.retrieve'>>();
    const answer = await api.call('rank.retrieve', query);
    api.answer('rank.retrieve', ({ anchor }) => (anchor === 'old' ? first.promise : { ...answer, anchor }));
    const lookup = new Lookup(api);

    const old = lookup.run({ ...query, anchor: 'old' });
    await lookup.run({ ...query, anchor: 'new' });
    first.answer({ ...answer, anchor: 'old' });
    await old;
    expect(lookup.shown?.anchor).toBe('new');

    const late = held<CallOutput<'rank.score'>>();
    api.answer('rank.score', ({ anchor }) =>
      anchor === 'slow' ? late.promise : { scorer: 's', results: [] },
    );
    const slow = lookup.run({ ...query, anchor: 'slow' });
    await settle();
    await lookup.run({ ...query, anchor: 'newest' });
    late.fail(new AppError('engine-stopped', 'too late'));
    await slow;
    expect([lookup.shown?.anchor, lookup.scoring.status]).toEqual(['newest', 'ready']);
  });

  testWithEffect('keeps the last answer on the screen while the next is on its way', async () => {
    const api = fakeApi({ phrases: 3 });
    const lookup = new Lookup(api);
    await lookup.run(query);
    api.answer('rank.retrieve', () => new Promise(() => {}));
    void lookup.run({ ...query, anchor: 'next' });
    flushSync();
    expect(lookup.retrieval.status).toBe('loading');
    expect(lookup.shown?.anchor).toBe(query.anchor);
  });

  testWithEffect(
    'keeps the phrases when only the scores fail, and gets them when the engine is back',
    async () => {
      const api = fakeApi({ phrases: 3 });
      let broken = true;
      const score = await api.call('rank.score', { anchor: 'a', context: 'A47', phraseIds: [1, 2, 3] });
      api.answer('rank.score', () => {
        if (broken) throw new AppError('engine-stopped', 'The engine stopped.');
        return score;
      });
      const lookup = new Lookup(api);
      await lookup.run(query);
      expect([lookup.results.length, lookup.scoring.status]).toEqual([3, 'failed']);

      broken = false;
      await lookup.engineIsBack();
      expect(lookup.scoring.status).toBe('ready');
      expect(lookup.results.every((result) => result.score !== null)).toBe(true);
    },
  );

  testWithEffect('fails with the words of the error and asks the same again on retry', async () => {
    const api = fakeApi();
    const answer = await api.call('rank.retrieve', query);
    let broken = true;
    api.answer('rank.retrieve', ({ context }) => {
      if (broken) contextOf('Q99');
      return { ...answer, context: contextOf(context) };
    });
    const lookup = new Lookup(api);
    await lookup.run(query);
    expect(lookup.retrieval).toMatchObject({ status: 'failed', error: { code: 'not-found' } });
    expect(lookup.shown).toBeNull();

    broken = false;
    await lookup.retry();
    expect(lookup.retrieval.status).toBe('ready');
  });

  testWithEffect('notes every answered query in the history, an empty answer too', async () => {
    const api = fakeApi();
    let noted = 0;
    const lookup = new Lookup(api, () => noted++);
    await lookup.run({ ...query, libraryIds: [2] });
    api.answer('rank.retrieve', ({ anchor }) => ({
      anchor,
      context: contextOf('A47'),
      results: [],
      scored: true,
      notices: [],
    }));
    await lookup.run(query);
    const remembered = api.calls.filter((call) => call.name === 'rank.score').map((call) => call.input);
    expect(remembered).toMatchObject([
      { remember: { libraryIds: [2] } },
      { phraseIds: [], remember: { libraryIds: [] } },
    ]);
    expect(noted).toBe(2);
  });

  testWithEffect('shows what is scored already in its final order at once', async () => {
    const api = fakeApi({ phrases: 3 });
    const answer = await api.call('rank.retrieve', query);
    const results = answer.results.map((result, index) => ({
      ...result,
      score: index / 4,
      rating: 1 as const,
    }));
    api.answer('rank.retrieve', () => ({ ...answer, results, scored: true }));
    api.answer('rank.score', () => new Promise(() => {}));
    const lookup = new Lookup(api);
    void lookup.run(query);
    await settle();
    expect(lookup.results.map((result) => result.score)).toEqual([0.5, 0.25, 0]);
  });
});
