import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineInput } from '../../src-main/contract/engine-calls.ts';
import { createEngineClient } from '../../src-main/engine-client/engine-client.ts';
import { forkEngine } from '../../src-main/engine-client/fork-engine.ts';
import { loadPack } from '../../src-main/packs/load-pack.ts';
import { verifyPack } from '../../src-main/packs/verify-pack.ts';
import { builtinRetriever, builtinScorer } from '../../src-main/services/packs.ts';

const root = resolve(import.meta.dirname, '../..');
const engine = createEngineClient({ spawn: forkEngine(join(root, 'src-main/engine/main.ts')) });
afterAll(() => engine.stop());

const dirOf = (name: string) => join(root, 'models', name);
const refOf = async (name: string) => ({ dir: dirOf(name), hash: (await loadPack(dirOf(name))).hash });

const phrases = [
  'abatement of pollution',
  'pollution abatement',
  'heat pump',
  'a',
  'polyethylenes, the 漢字 and 🔥',
  'methods or devices for treating the exhaust of internal combustion engines by means of catalysts, filters or traps',
  '\u0301',
  'xqzzyv',
];
const many = Array.from({ length: 3000 }, (_, i) => phrases[(i * i + (i >> 5)) % phrases.length] as string);

describe.each([builtinRetriever, builtinScorer])('the built-in pack %s', (name) => {
  it('is whole', async () => {
    const { ok, error } = await verifyPack(dirOf(name));
    expect([ok, error]).toEqual([true, null]);
  });
});

describe('the built-in retriever in the engine process', () => {
  const embed = async (asked: string[]) => {
    const pack = await refOf(builtinRetriever);
    const { vectors, dimensions } = await engine.call('retriever.embed', { pack, phrases: asked });
    return asked.map((_, row) => [...vectors.subarray(row * dimensions, (row + 1) * dimensions)]);
  };

  it('gives unit vectors', async () => {
    for (const row of await embed(phrases)) expect(Math.hypot(...row)).toBeCloseTo(1, 4);
  });

  it('puts a phrase nearer to its own meaning than to another', async () => {
    const [a = [], b = [], c = []] = await embed(phrases);
    const cosine = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
    expect(cosine(a, b)).toBeGreaterThan(cosine(a, c) + 0.2);
  });

  it('gives a phrase the same vector whatever else is asked', async () => {
    // Phrases of 1 to 30 pieces, since the order in which a row is added up may depend on its length.
    const all = [...phrases, ...Array.from({ length: 30 }, (_, i) => `x${'qz'.repeat(i)}`)];
    const alone: number[][] = [];
    for (const phrase of all) alone.push(...(await embed([phrase])));
    const asked = Array.from({ length: 3000 }, (_, i) => all[(i * i + (i >> 5)) % all.length] as string);
    expect(await embed(asked)).toEqual(asked.map((phrase) => alone[all.indexOf(phrase)]));
  });
});

describe('the built-in scorer in the engine process', () => {
  const contexts = [
    { symbol: 'A47', text: 'human necessities. furniture; domestic articles or appliances' },
    { symbol: 'F25', text: 'mechanical engineering. refrigeration or cooling' },
  ];
  const score = async (rows: readonly { anchor: string; target: string; context: number }[]) => {
    const input: EngineInput<'scorer.score'> = {
      pack: await refOf(builtinScorer),
      mode: 'pair',
      anchors: rows.map(({ anchor }) => anchor),
      targets: rows.map(({ target }) => target),
      contexts,
      contextIndex: Int32Array.from(rows, ({ context }) => context),
    };
    return [...(await engine.call('scorer.score', input)).scores];
  };
  const rows = many.slice(0, 700).map((anchor, i) => ({
    anchor,
    target: phrases[(i * 7) % phrases.length] as string,
    context: (i >> 3) % 2,
  }));

  it('gives scores from 0 to 1, the highest to the same words in another order', async () => {
    const scores = await score([
      { anchor: 'abatement of pollution', target: 'pollution abatement', context: 0 },
      { anchor: 'abatement of pollution', target: 'heat pump', context: 0 },
    ]);
    for (const value of scores) expect(value >= 0 && value <= 1).toBe(true);
    expect(scores[0]).toBeGreaterThan((scores[1] ?? 1) + 0.3);
  });

  it('gives a row the same score alone, among others and in another order', async () => {
    const together = await score(rows);
    expect(await score(rows.toReversed())).toEqual(together.toReversed());
    for (const i of [0, 1, 2, 127, 128, 333, 699])
      expect(await score([rows[i] as never])).toEqual([together[i]]);
  });
});
