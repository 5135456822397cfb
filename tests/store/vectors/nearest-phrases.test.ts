import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src-main/store/open.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { nearestPhrases } from '../../../src-main/store/vectors/nearest-phrases.ts';
import { quantise } from '../../../src-main/store/vectors/quantise.ts';
import { signBits } from '../../../src-main/store/vectors/sign-bits.ts';
import {
  ensureRetriever,
  findRetriever,
  type RetrieverRow,
} from '../../../src-main/store/vectors/retriever.ts';
import { scanBits } from '../../../src-main/store/vectors/scan-bits.ts';
import { writeVectors } from '../../../src-main/store/vectors/write-vectors.ts';
import { addLibrary } from '../../support/lookup-fixture.ts';
import { randomUnitVector } from '../../support/random-unit-vector.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const dimensions = 128;
const tuning = { exactUpTo: 1000 };

interface Filled {
  readonly store: Store;
  readonly retriever: RetrieverRow;
  readonly vectors: readonly Float32Array[];
  readonly big: number;
  readonly third: number;
  readonly small: number;
}

// Vectors in bunches, as those of phrases are; library "small" has every 30th phrase.
function filled(phrases: number): Filled {
  const store = openStore(':memory:');
  const random = seededRandom(3);
  const centres = Array.from({ length: 40 }, () => randomUnitVector(random, dimensions));
  const vectors = Array.from({ length: phrases }, (_, index) => {
    const centre = centres[index % centres.length] ?? new Float32Array(dimensions);
    const noise = randomUnitVector(random, dimensions);
    const mixed = noise.map((component, place) => component + 0.7 * (centre[place] ?? 0));
    const length = Math.hypot(...mixed);
    return mixed.map((component) => component / length);
  });
  const names = vectors.map((_, index) => `p${index}`);
  const big = addLibrary(store, 'big', names);
  const small = addLibrary(
    store,
    'small',
    names.filter((_, index) => index % 30 === 0),
  );
  const third = addLibrary(
    store,
    'third',
    names.filter((_, index) => index % 3 === 0),
  );
  const flat = new Float32Array(phrases * dimensions);
  vectors.forEach((vector, row) => flat.set(vector, row * dimensions));
  writeVectors(store, ensureRetriever(store, 'a'.repeat(64), dimensions), big.phraseIds, flat);
  const retriever = findRetriever(store, 'a'.repeat(64));
  if (retriever === null) throw new Error('The retriever is gone.');
  return { store, retriever, vectors, big: big.id, third: third.id, small: small.id };
}

// By 64-bit arithmetic over the original vectors.
function trueNearest(
  vectors: readonly Float32Array[],
  query: Float32Array,
  keep: (index: number) => boolean,
) {
  return vectors
    .map((vector, index) => ({
      id: index + 1,
      similarity: dot(vector, query),
    }))
    .filter(({ id }) => keep(id - 1))
    .sort((a, b) => b.similarity - a.similarity);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

function hamming(a: Uint8Array, b: Uint8Array): number {
  let distance = 0;
  a.forEach((byte, index) => {
    for (let rest = byte ^ (b[index] ?? 0); rest > 0; rest &= rest - 1) distance += 1;
  });
  return distance;
}

describe('the nearest phrases, exact for small workspaces', () => {
  const { store, retriever, vectors, small } = filled(3000);

  it('are those of brute force, with their cosines', async () => {
    const query = randomUnitVector(seededRandom(9), dimensions);
    const found = await nearestPhrases(store, retriever, {
      vector: quantise(query),
      count: 100,
      libraryIds: [],
    });
    const truth = trueNearest(vectors, query, () => true);
    const overlap = found.filter(({ id }) => truth.slice(0, 100).some((hit) => hit.id === id));
    // Bytes round the cosine a little, so the last places may change hands.
    expect(overlap.length).toBeGreaterThanOrEqual(95);
    for (const { id, similarity } of found) {
      expect(similarity).toBeCloseTo(truth.find((hit) => hit.id === id)?.similarity ?? NaN, 2);
    }
    expect(found.map(({ similarity }) => similarity)).toEqual(
      found.map(({ similarity }) => similarity).sort((a, b) => b - a),
    );
  });

  it('give all of a library that has fewer than asked for', async () => {
    const query = randomUnitVector(seededRandom(10), dimensions);
    const found = await nearestPhrases(store, retriever, {
      vector: quantise(query),
      count: 100,
      libraryIds: [small],
    });
    expect(found.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, index) => 1 + 30 * index),
    );
  });
});

describe('the nearest phrases, by bits first in large workspaces', () => {
  const { store, retriever, vectors, big, third, small } = filled(9000);
  const queries = [1, 2, 3, 4, 5].map((index) => vectors[index * 170] ?? new Float32Array(dimensions));

  it('scan the same candidates as brute force over the bits', async () => {
    const bits = vectors.map((vector) => signBits(quantise(vector)));
    for (const query of queries) {
      const vector = quantise(query);
      const truth = bits
        .map((row, index) => ({ id: index + 1, distance: hamming(row, signBits(vector)) }))
        .sort((a, b) => a.distance - b.distance || a.id - b.id)
        .slice(0, 600);
      const found = await scanBits(store, retriever, vector, { count: 600, share: 1, keep: null });
      expect(found).toEqual(truth.map(({ id }) => id));
    }
  });

  const nearest = (query: Float32Array, libraryIds: readonly number[]) =>
    nearestPhrases(store, retriever, { vector: quantise(query), count: 100, libraryIds }, tuning);
  const shareFound = async (libraryIds: readonly number[], keep: (index: number) => boolean) => {
    let hits = 0;
    for (const query of queries) {
      const truth = new Set(
        trueNearest(vectors, query, keep)
          .slice(0, 100)
          .map(({ id }) => id),
      );
      hits += (await nearest(query, libraryIds)).filter(({ id }) => truth.has(id)).length;
    }
    return hits / (100 * queries.length);
  };

  it('find the 100 nearest of all but a few, after rescoring, in one library or in all', async () => {
    for (const libraryIds of [[], [big], [small, big]]) {
      expect(await shareFound(libraryIds, () => true)).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('find the best of a library of a third of the phrases among the others', async () => {
    expect(await shareFound([third], (index) => index % 3 === 0)).toBeGreaterThanOrEqual(0.95);
  });

  it('find the 100 best of a small library among many other phrases', async () => {
    expect(await shareFound([small], (index) => index % 30 === 0)).toBeGreaterThanOrEqual(0.97);
  });

  it('find a library that lies behind everything else', async () => {
    // The opposite of a phrase is far from it, and from its bunch.
    const opposite = queries.map((query) => query.map((component) => -component));
    for (const query of opposite) expect(await nearest(query, [third])).toHaveLength(100);
  });

  it('find as many as asked for where the nearest of all are in no library, such as whole titles of classes', async () => {
    const query = queries[0] ?? new Float32Array(dimensions);
    const nearestOfAll = trueNearest(vectors, query, () => true).slice(0, 400);
    const without = new Set(nearestOfAll.map(({ id }) => id).filter((id) => id % 4 !== 0));
    const scratch = filled(9000);
    for (const id of without) scratch.store.run('DELETE FROM library_phrase WHERE phrase_id = ?', id);
    const search = { vector: quantise(query), count: 100, libraryIds: [] };
    const found = await nearestPhrases(scratch.store, scratch.retriever, search, tuning);
    expect(found).toHaveLength(100);
    expect(found.filter(({ id }) => without.has(id))).toEqual([]);
    scratch.store.close();
  });

  it('let the event loop turn between the stretches of a scan', async () => {
    let turns = 0;
    let running = true;
    const count = () => {
      turns += 1;
      if (running) setImmediate(count);
    };
    setImmediate(count);
    // 9,000 phrases one by one are two stretches.
    const vector = quantise(queries[0] ?? new Float32Array(dimensions));
    await nearestPhrases(store, retriever, { vector, count: 10, libraryIds: [] });
    running = false;
    expect(turns).toBeGreaterThanOrEqual(2);
  });

  it('refuse a query of other dimensions', async () => {
    const search = { vector: new Int8Array(64), count: 10, libraryIds: [] };
    await expect(nearestPhrases(store, retriever, search)).rejects.toThrow(
      '64 dimensions; the retriever has 128',
    );
  });
});
