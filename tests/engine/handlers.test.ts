import { describe, expect, it } from 'vitest';
import type { EngineInput } from '../../src-main/contract/engine-calls.ts';
import { createCheckpoint } from '../../src-main/engine/checkpoint.ts';
import { createHandlers } from '../../src-main/engine/handlers.ts';
import { openScorer, type OpenScorer } from '../../src-main/engine/open-scorer.ts';
import { createSession } from '../../src-main/engine/runtime/create-session.ts';
import type { ScoreRows } from '../../src-main/engine/scoring/scorer.ts';
import { loadPack } from '../../src-main/packs/load-pack.ts';
import { makeFolder, makePack, plainFiles } from '../packs/make-pack.ts';
import { makeRetrieverPack } from './retrieval/make-retriever-pack.ts';

const forever = createCheckpoint(new AbortController().signal);
const refOf = async (dir: string) => ({ dir, hash: (await loadPack(dir)).hash });

/** A scorer whose score is made of what a row says, and which notes how it was asked. */
function fakeScorer(asked: [number, string][]): OpenScorer {
  return async () => ({
    async score({ anchors, targets, contexts, contextIndex }: ScoreRows, mode) {
      asked.push([anchors.length, mode]);
      return Float32Array.from(anchors, (anchor, row) => {
        const symbol = contexts[contextIndex[row] as number]?.symbol ?? '';
        return Number(`0.${anchor.length}${targets[row]?.length}${symbol.length}`);
      });
    },
    release: async () => undefined,
  });
}

async function scorerPack(change: object = {}) {
  const { dimensions: _, ...common } = (await loadPack(await makePack(await makeFolder())))
    .manifest as never as {
    dimensions: number;
  };
  const manifest = {
    ...common,
    id: 'tiny-scorer',
    kind: 'scorer',
    family: 'feature-trees',
    modes: ['pair'],
    inputForm: 'features-1',
    output: { calibration: { raw: [0, 1], score: [0, 1] }, ratingCuts: [0.2, 0.4, 0.6, 0.8] },
    ...change,
  };
  return refOf(await makePack(await makeFolder(), () => manifest, plainFiles));
}

function input(pack: EngineInput<'scorer.score'>['pack'], rows: number): EngineInput<'scorer.score'> {
  return {
    pack,
    mode: 'pair',
    anchors: Array.from({ length: rows }, (_, i) => 'a'.repeat(1 + (i % 9))),
    targets: Array.from({ length: rows }, (_, i) => 'b'.repeat(1 + (i % 7))),
    contexts: [
      { symbol: 'A', text: 'human necessities' },
      { symbol: 'A47', text: 'furniture' },
    ],
    contextIndex: Int32Array.from({ length: rows }, (_, i) => i % 2),
  };
}

describe('the engine embeds', () => {
  it('with the pack it is given, opened once', async () => {
    const pack = await refOf(await makeRetrieverPack(await makeFolder()));
    let opened = 0;
    const work = createHandlers((onnx) => {
      opened += 1;
      return createSession(onnx);
    }, openScorer);
    const embed = (phrases: string[]) => work['retriever.embed']({ pack, phrases }, forever);
    const [both, one] = await Promise.all([embed(['heat pump', 'pollution']), embed(['pollution'])]);
    expect([both.dimensions, both.vectors.length]).toEqual([8, 16]);
    expect(both.vectors.subarray(8)).toEqual(one.vectors);
    expect(opened).toBe(1);
    expect(await work['engine.status']({}, forever)).toMatchObject({ pid: process.pid, sessions: 1 });
  });

  it('not with a pack of another hash', async () => {
    const { dir } = await refOf(await makeRetrieverPack(await makeFolder()));
    const work = createHandlers(createSession, openScorer);
    const embedding = work['retriever.embed'](
      { pack: { dir, hash: 'f'.repeat(64) }, phrases: ['a'] },
      forever,
    );
    await expect(embedding).rejects.toMatchObject({ code: 'pack-tampered' });
  });

  it('not with a scorer', async () => {
    const work = createHandlers(createSession, openScorer);
    const embedding = work['retriever.embed']({ pack: await scorerPack(), phrases: ['a'] }, forever);
    await expect(embedding).rejects.toThrow(/found a scorer, expected a retriever/);
  });
});

describe('the engine scores', () => {
  it.each([0, 1, 128, 129, 1000])('%i rows, each where it was', async (rows) => {
    const asked: [number, string][] = [];
    const work = createHandlers(createSession, fakeScorer(asked));
    const { scores } = await work['scorer.score'](input(await scorerPack(), rows), forever);
    const expected = Float32Array.from({ length: rows }, (_, i) =>
      Number(`0.${1 + (i % 9)}${1 + (i % 7)}${i % 2 === 0 ? 1 : 3}`),
    );
    expect(scores).toEqual(expected);
    expect(Math.max(0, ...asked.map(([length]) => length))).toBeLessThanOrEqual(128);
  });

  it('the rows of list mode together', async () => {
    const asked: [number, string][] = [];
    const work = createHandlers(createSession, fakeScorer(asked));
    const pack = await scorerPack({
      modes: ['pair', 'list'],
      list: { intercept: 0, pair: 0, z: 0, rank: 0, mean: 0, shrink: 0 },
    });
    await work['scorer.score']({ ...input(pack, 300), mode: 'list' }, forever);
    expect(asked).toEqual([[300, 'list']]);
  });

  it('until it is cancelled', async () => {
    const abort = new AbortController();
    const asked: [number, string][] = [];
    const work = createHandlers(createSession, async (pack, create) => {
      const scorer = await fakeScorer(asked)(pack, create);
      return {
        ...scorer,
        score: (rows, mode) => {
          abort.abort();
          return scorer.score(rows, mode);
        },
      };
    });
    const scoring = work['scorer.score'](input(await scorerPack(), 1000), createCheckpoint(abort.signal));
    await expect(scoring).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toHaveLength(1);
  });

  it('not in a mode that the pack does not have', async () => {
    const work = createHandlers(createSession, fakeScorer([]));
    const scoring = work['scorer.score']({ ...input(await scorerPack(), 1), mode: 'list' }, forever);
    await expect(scoring).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('no list mode'),
    });
  });

  it('not with an encoder whose files are no model', async () => {
    const work = createHandlers(createSession, openScorer);
    const encoder = {
      family: 'encoder',
      inputForm: 'anchor-target-context',
      graph: 'onnx/model.onnx',
      output: {
        activation: 'sigmoid',
        calibration: { raw: [0, 1], score: [0, 1] },
        ratingCuts: [0.2, 0.4, 0.6, 0.8],
      },
    };
    const scoring = work['scorer.score'](input(await scorerPack(encoder), 1), forever);
    await expect(scoring).rejects.toMatchObject({
      code: 'pack-invalid',
      details: { file: 'tokenizer.json' },
    });
  });

  it.each([
    ['columns of different lengths', { targets: ['b'] }, /differ in length: 2, 1, 2/],
    ['an empty phrase', { targets: ['b', ''] }, /Row 2 has an empty phrase/],
    ['an index beyond the contexts', { contextIndex: Int32Array.of(0, 2) }, /Row 2 names context 2/],
    ['a negative index', { contextIndex: Int32Array.of(-1, 0) }, /Row 1 names context -1/],
  ])('not %s', async (_, change, message) => {
    const work = createHandlers(createSession, fakeScorer([]));
    const scoring = work['scorer.score']({ ...input(await scorerPack(), 2), ...change }, forever);
    await expect(scoring).rejects.toThrow(message);
  });
});
