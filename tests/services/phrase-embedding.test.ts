import { beforeEach, expect, it } from 'vitest';
import { countUnembedded, embedPhrases } from '../../src-main/services/phrase-embedding.ts';
import { phrasesAfter, upsertPhrases } from '../../src-main/store/tables/phrase.ts';
import { removeOrphans } from '../../src-main/store/tables/remove-phrases.ts';
import { quantise } from '../../src-main/store/vectors/quantise.ts';
import { readVector } from '../../src-main/store/vectors/similarity.ts';
import { fakeVector } from '../support/fake-engine.ts';
import { lookupFixture, type LookupFixture } from '../support/lookup-fixture.ts';

const total = 5000;
let fixture: LookupFixture;
beforeEach(() => {
  fixture = lookupFixture();
  upsertPhrases(
    fixture.store,
    Array.from({ length: total }, (_, index) => `phrase ${index}`),
  );
  return () => fixture.store.close();
});
const vectors = () => fixture.store.value('SELECT count(*) FROM phrase_vector');

it('gives every phrase its vector, with progress, and does nothing the second time', async () => {
  const seen: (number | null)[][] = [];
  expect(await embedPhrases(fixture.context, { onProgress: (done, all) => seen.push([done, all]) })).toBe(
    total,
  );
  expect(seen).toEqual([
    [2048, total],
    [4096, total],
    [total, total],
  ]);
  for (const { id, key } of phrasesAfter(fixture.store, 2040, 20)) {
    expect(readVector(fixture.store, 1, id)).toEqual(quantise(fakeVector(key, 128)));
  }
  expect(await embedPhrases(fixture.context)).toBe(0);
  expect(await countUnembedded(fixture.context)).toBe(0);
});

it('goes on where it was stopped, with nothing done twice', async () => {
  const stop = new AbortController();
  const onProgress = () => stop.abort();
  await expect(embedPhrases(fixture.context, { onProgress, signal: stop.signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(vectors()).toBe(2048);
  expect(await embedPhrases(fixture.context)).toBe(total - 2048);
  expect(vectors()).toBe(total);
});

it('keeps what is done when the engine dies, and goes on from there', async () => {
  const onProgress = (done: number) => void (done === 2048 && fixture.engine.dieOnNextCall());
  await expect(embedPhrases(fixture.context, { onProgress })).rejects.toMatchObject({
    code: 'engine-stopped',
  });
  // While the first were written, the second were computed already.
  expect(await countUnembedded(fixture.context)).toBe(total - 4096);
  await embedPhrases(fixture.context);
  expect(vectors()).toBe(total);
});

it('tells the failure of what was computed ahead, and writes what was there before', async () => {
  const call = fixture.engine.call.bind(fixture.engine);
  let calls = 0;
  fixture.engine.call = (...parameters) => {
    calls += 1;
    if (calls === 2) return Promise.reject(new Error('Ahead, at once.'));
    return call(...parameters) as never;
  };
  await expect(embedPhrases(fixture.context)).rejects.toThrow('Ahead, at once.');
  expect(vectors()).toBe(2048);
});

it('shares the work with another program that embeds at the same time', async () => {
  const other = lookupFixture({ store: fixture.store });
  const [first, second] = await Promise.all([embedPhrases(fixture.context), embedPhrases(other.context)]);
  expect(first + second).toBe(total);
  expect(vectors()).toBe(total);
});

it('keeps no vector of a phrase that was removed while it was computed', async () => {
  const call = fixture.engine.call.bind(fixture.engine);
  fixture.engine.call = (...parameters) => {
    removeOrphans(fixture.store, [1, 5000]);
    return call(...parameters) as never;
  };
  await embedPhrases(fixture.context);
  expect([vectors(), fixture.store.value('SELECT count(*) FROM phrase_bits_1')]).toEqual([
    total - 2,
    total - 2,
  ]);
});

it('computes all vectors anew for a changed retriever and drops the old ones', async () => {
  await embedPhrases(fixture.context);
  const changed = lookupFixture({ retriever: 'c', store: fixture.store });
  expect(await countUnembedded(changed.context)).toBe(total);
  expect(await embedPhrases(changed.context)).toBe(total);
  expect(vectors()).toBe(total);
  expect(fixture.store.values('SELECT hash FROM retriever')).toEqual(['c'.repeat(64)]);
  expect(
    fixture.store.values("SELECT name FROM sqlite_schema WHERE name IN ('phrase_bits_1', 'phrase_bits_2')"),
  ).toEqual(['phrase_bits_2']);
});

it('lets the event loop turn at least once for every 512 vectors', async () => {
  let turns = 0;
  let running = true;
  const count = () => {
    turns += 1;
    if (running) setImmediate(count);
  };
  setImmediate(count);
  await embedPhrases(fixture.context);
  running = false;
  expect(turns).toBeGreaterThanOrEqual(Math.floor(total / 512));
});

it('refuses vectors of another width than the pack says', async () => {
  fixture.engine.call = () => Promise.resolve({ dimensions: 64, vectors: new Float32Array(64) } as never);
  await expect(embedPhrases(fixture.context)).rejects.toMatchObject({ code: 'engine-failed' });
  expect(vectors()).toBe(0);
});
