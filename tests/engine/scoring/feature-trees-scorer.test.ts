import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoadedPack } from '../../../src-main/packs/loaded-pack.ts';
import type { FeatureTreesManifest, ScorerManifest } from '../../../src-main/contract/pack.ts';
import { createSession } from '../../../src-main/engine/runtime/create-session.ts';
import { openFeatureTreesScorer } from '../../../src-main/engine/scoring/feature-trees-scorer.ts';
import type { Scorer, ScoreRows } from '../../../src-main/engine/scoring/scorer.ts';
import { asScorer, loadPack } from '../../../src-main/packs/load-pack.ts';

const contexts = [
  { symbol: 'A47', text: 'human necessities; furniture; domestic articles or appliances' },
  { symbol: 'F04', text: 'mechanical engineering; positive-displacement machines for liquids; pumps' },
  { symbol: 'Z99', text: 'Z99' },
];
const words =
  'heat pump valve compressor device for cooling water of the polymer film electric motor unit abatement'.split(
    ' ',
  );
const phrase = (n: number) =>
  Array.from({ length: 1 + (n % 3) }, (_, k) => words[(n * 7 + k * 5) % words.length]).join(' ');
const pairs = Array.from({ length: 300 }, (_, n) => ({
  anchor: phrase(n),
  target: phrase(n * n + 3),
  context: n % 3,
}));

function rowsOf(list: typeof pairs): ScoreRows {
  return {
    anchors: list.map(({ anchor }) => anchor),
    targets: list.map(({ target }) => target),
    contexts,
    contextIndex: Int32Array.from(list, ({ context }) => context),
  };
}

let pack: LoadedPack<ScorerManifest>;
let scorer: Scorer;
beforeAll(async () => {
  pack = asScorer(await loadPack(join(import.meta.dirname, '../../../models/scorer-trees-1')));
  scorer = await openFeatureTreesScorer(pack, createSession);
});
afterAll(() => scorer.release());

describe('a row’s score', () => {
  it('is the same bit for bit in any order', async () => {
    const scores = await scorer.score(rowsOf(pairs), 'pair');
    const order = pairs.map((_, n) => (n * 77 + 5) % pairs.length);
    const shuffled = await scorer.score(rowsOf(order.map((n) => pairs[n]!)), 'pair');
    expect([...shuffled]).toEqual(order.map((n) => scores[n]));
  });

  it.each([1, 2, 17, 128, 129])('is the same bit for bit in batches of %i', async (size) => {
    const scores = await scorer.score(rowsOf(pairs.slice(0, 150)), 'pair');
    const parts: number[] = [];
    for (let from = 0; from < 150; from += size) {
      parts.push(...(await scorer.score(rowsOf(pairs.slice(from, Math.min(150, from + size))), 'pair')));
    }
    expect(parts).toEqual([...scores]);
  });

  it('does not depend on what was scored before', async () => {
    const fresh = await openFeatureTreesScorer(pack, createSession);
    const rows = rowsOf(pairs.slice(200));
    expect(await fresh.score(rows, 'pair')).toEqual(await scorer.score(rows, 'pair'));
    await fresh.release();
  });
});

it('gives 1 to a phrase and itself, whatever its case', async () => {
  const same = ['heat pump', 'Heat Pump', '😀', '???', 'of the'].map((anchor) => ({
    anchor,
    target: anchor.toLowerCase(),
    context: 0,
  }));
  expect([...(await scorer.score(rowsOf(same), 'pair'))]).toEqual([1, 1, 1, 1, 1]);
});

it('tells a close phrase from a strange one, and reads the class', async () => {
  const list = [
    { anchor: 'abatement of pollution', target: 'pollution abatement', context: 0 },
    { anchor: 'abatement of pollution', target: 'reduction of pollution', context: 0 },
    { anchor: 'abatement of pollution', target: 'forest region', context: 0 },
  ];
  const [close, near, strange] = (await scorer.score(rowsOf(list), 'pair')) as unknown as [
    number,
    number,
    number,
  ];
  expect(close).toBeGreaterThan(near);
  expect(near).toBeGreaterThan(strange + 0.2);
});

it('gives finite scores in [0, 1] to whatever it is asked', async () => {
  const hostile = [
    '?',
    '-- !',
    '😀😀',
    '水素燃料電池',
    'x',
    'of the',
    'a'.repeat(1000),
    'ab '.repeat(333),
    '́',
    'null',
    '0',
  ];
  const list = hostile.flatMap((anchor) => hostile.map((target) => ({ anchor, target, context: 2 })));
  const scores = await scorer.score(rowsOf(list), 'pair');
  expect([...scores].filter((score) => !(score >= 0 && score <= 1))).toEqual([]);
});

it('scores no rows as none', async () => {
  expect(await scorer.score(rowsOf([]), 'pair')).toHaveLength(0);
});

describe('list mode', () => {
  // Four anchors, so that each list has some twenty targets.
  const lists = pairs.map((pair, n) => ({ ...pair, anchor: phrase(n % 4) }));

  it('scores a target among the others of its anchor and class, in any order and however often each is named', async () => {
    const [pairScores, scores] = [
      await scorer.score(rowsOf(lists), 'pair'),
      await scorer.score(rowsOf(lists), 'list'),
    ];
    expect(scores).not.toEqual(pairScores);
    const order = lists.map((_, n) => (n * 77 + 5) % lists.length);
    const twice = [...order, ...order.slice(0, 100)];
    const shuffled = await scorer.score(rowsOf(twice.map((n) => lists[n]!)), 'list');
    expect([...shuffled]).toEqual(twice.map((n) => scores[n]));
  });

  it('gives a target that stands alone its pair score', async () => {
    const alone = [lists[0]!, { ...lists[1]!, context: 1 }, { ...lists[0]!, context: 2 }];
    expect(await scorer.score(rowsOf(alone), 'list')).toEqual(await scorer.score(rowsOf(alone), 'pair'));
  });

  it('is refused where the pack has none, with the modes it has', async () => {
    const { list: _, ...manifest } = pack.manifest as FeatureTreesManifest;
    const pairOnly = { ...pack, manifest: { ...manifest, modes: ['pair' as const] } };
    const other = await openFeatureTreesScorer(pairOnly, createSession);
    await expect(other.score(rowsOf(pairs), 'list')).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('it scores in pair mode') as string,
    });
    await other.release();
  });
});

describe('a faulty pack', () => {
  const with_ = (file: string, bytes: Uint8Array): LoadedPack<ScorerManifest> => ({
    ...pack,
    read: (path) => (path === file ? Promise.resolve(bytes) : pack.read(path)),
  });
  it.each([
    ['onnx/model.onnx', new Uint8Array(20)],
    [
      'config.json',
      new TextEncoder().encode('{"model_type":"feature-trees","features":["other"],"classes":[]}'),
    ],
    ['config.json', new TextEncoder().encode('{')],
    ['embedding.safetensors', new Uint8Array(3)],
    ['tokenizer.json', new TextEncoder().encode('{}')],
  ])('is refused for its %s', async (file, bytes) => {
    await expect(openFeatureTreesScorer(with_(file, bytes), createSession)).rejects.toMatchObject({
      code: 'pack-invalid',
    });
  });
});
