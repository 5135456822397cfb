import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCheckpoint } from '../../../../src-main/engine/checkpoint.ts';
import { GraphBuilder } from '../../../../src-main/engine/graph/builder.ts';
import { cast, sumOver } from '../../../../src-main/engine/graph/operators.ts';
import type { Value } from '../../../../src-main/engine/graph/value.ts';
import { writeOnnx } from '../../../../src-main/engine/onnx/write-onnx.ts';
import { openScorer } from '../../../../src-main/engine/open-scorer.ts';
import { createSession } from '../../../../src-main/engine/runtime/create-session.ts';
import { scoreInSlices } from '../../../../src-main/engine/score-in-slices.ts';
import { createEngineClient } from '../../../../src-main/engine-client/engine-client.ts';
import { forkEngine } from '../../../../src-main/engine-client/fork-engine.ts';
import { asScorer, loadPack } from '../../../../src-main/packs/load-pack.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import {
  builtGraph,
  expectedOf,
  fixtureFile,
  logitOf,
  makeEncoderPack,
  scoreRows,
  scorerNames,
} from './scorer-fixture.ts';

const engine = createEngineClient({
  spawn: forkEngine(resolve(import.meta.dirname, '../../../../src-main/engine/main.ts')),
});
afterAll(() => engine.stop());

const open = async (dir: string) =>
  openScorer(asScorer(await loadPack(dir)), (onnx, options) =>
    createSession(onnx, { ...options, threads: 2 }),
  );

const largest = (found: ArrayLike<number>, expected: readonly number[]): number =>
  Math.max(...expected.map((value, row) => Math.abs(value - (found[row] ?? NaN))));

describe.each(scorerNames)('in the engine process, the scorer of a %s', (name) => {
  const { rows } = expectedOf(name);
  const asked = scoreRows(rows.map(({ texts }) => texts));
  const logits = async (graph: Uint8Array): Promise<number[]> => {
    const dir = await makeEncoderPack(name, graph);
    const pack = { dir, hash: (await loadPack(dir)).hash };
    const { scores } = await engine.call('scorer.score', { pack, mode: 'pair', ...asked });
    return Array.from(scores, logitOf);
  };

  it("gives the logits of Hugging Face's class from a plain export", async () => {
    const found = await logits(fixtureFile(name, 'onnx/model.onnx'));
    expect(largest(found, rows.map(({ logit }) => logit))).toBeLessThan(1e-4); // prettier-ignore
  });

  it('gives those of the same weights in a graph of our own', async () => {
    const found = await logits(await builtGraph(name));
    expect(largest(found, rows.map(({ mean_logit: logit }) => logit))).toBeLessThan(1e-4); // prettier-ignore
  });
});

describe.each(['bert', 'deberta-v3'] as const)('the scores of a %s', (name) => {
  const random = seededRandom(5);
  const words = ['heat', 'pump', 'of', 'pollution', 'abatement', 'fuel', 'polyethylenes', 'x', 'optical'];
  const phrase = (most: number): string =>
    Array.from({ length: 1 + Math.floor(random() * most) }, () => words[Math.floor(random() * 9)]).join(' ');
  const rows = Array.from({ length: 300 }, () => [phrase(2), phrase(3), phrase(9)] as const);
  const all = scoreRows(rows);
  const part = (numbers: readonly number[]) =>
    scoreRows(numbers.map((row) => rows[row] as (typeof rows)[number]));

  it.each(['plain', 'mean', 'cls'] as const)(
    'are the same to the last bit whatever else is asked, in whatever order (%s export)',
    async (kind) => {
      const plain = kind === 'plain';
      const graph = plain ? fixtureFile(name, 'onnx/model.onnx') : await builtGraph(name, undefined, kind);
      const scorer = await open(await makeEncoderPack(name, graph));
      const scores = [...(await scorer.score(all, 'pair'))];
      expect(new Set(scores).size).toBeGreaterThan(200);
      const order = rows.map((_, row) => (row * 7) % 300);
      expect([...(await scorer.score(part(order), 'pair'))]).toEqual(order.map((row) => scores[row]));
      for (let row = 0; row < 300; row += 23) {
        for (const count of [1, 2, 3, 7]) {
          const some = Array.from({ length: count }, (_, i) => (row + i * 31) % 300);
          const found = [...(await scorer.score(part(some), 'pair'))];
          expect(found).toEqual(some.map((each) => scores[each]));
        }
      }
      await scorer.release();
    },
  );
});

describe('an encoder', () => {
  const graph = fixtureFile('bert', 'onnx/model.onnx');
  const row = [['heat pump', 'pump', 'chemistry']] as const;

  it('has its logit put through a sigmoid where the pack says so, and then calibrated', async () => {
    const sigmoid = await makeEncoderPack('bert', graph, (manifest) => ({
      ...manifest,
      output: {
        activation: 'sigmoid',
        calibration: { raw: [0, 1], score: [0, 0.5] },
        ratingCuts: [0.2, 0.4, 0.6, 0.8],
      },
    }));
    const plain = await open(await makeEncoderPack('bert', graph));
    const squashed = await open(sigmoid);
    const logit = logitOf((await plain.score(scoreRows(row), 'pair'))[0] as number);
    const expected = 0.5 / (1 + Math.exp(-logit));
    expect((await squashed.score(scoreRows(row), 'pair'))[0]).toBeCloseTo(expected, 6);
    await Promise.all([plain.release(), squashed.release()]);
  });

  it('reads a longer row cut to the length that the pack allows, also where that is no multiple of four', async () => {
    const cut = await open(await makeEncoderPack('bert', graph, (m) => ({ ...m, maxLength: 11 })));
    const rows = scoreRows([
      ['heat pump', 'pump', 'heat heat heat pump pump'],
      ['heat pump', 'pump', 'heat heat heat pump of the cell'],
      ['heat pump', 'pump', 'heat heat pump pump pump'],
    ]);
    const [one, same, other] = await cut.score(rows, 'pair');
    expect(same).toBe(one);
    expect(other).not.toBe(one);
    await cut.release();
  });

  it('gives nothing for no rows, and has no list mode', async () => {
    const scorer = await open(await makeEncoderPack('bert', graph));
    expect(await scorer.score(scoreRows([]), 'pair')).toEqual(new Float32Array(0));
    await expect(scorer.score(scoreRows(row), 'list')).rejects.toMatchObject({ code: 'bad-input' });
    await scorer.release();
  });

  it('stops between two runs where its checkpoint says so', async () => {
    const scorer = await open(await makeEncoderPack('bert', graph));
    const abort = new AbortController();
    const checkpoint = createCheckpoint(abort.signal);
    let passed = 0;
    const counted = async () => {
      if (++passed === 12) abort.abort();
      await checkpoint();
    };
    const many = scoreRows(
      Array.from({ length: 2000 }, (_, i) => ['heat pump', `pump ${i}`, 'physics'] as const),
    );
    await expect(scoreInSlices(scorer, many, 'pair', counted)).rejects.toMatchObject({ code: 'cancelled' });
    expect(passed).toBe(12);
    await scorer.release();
  });
});

describe('a graph that is none of an encoder with a head is refused at once, with what it has:', () => {
  const build = (
    inputs: readonly string[],
    output: string,
    end: (g: GraphBuilder, sum: Value) => Value = (_, sum) => sum,
    type: 'int64' | 'int32' = 'int64',
  ): Uint8Array => {
    const g = new GraphBuilder();
    const [first] = inputs.map((name) => g.input(name, type, ['batch', 'tokens'])) as [Value];
    const sum = sumOver(g, cast(g, first, 'float32'), [1]);
    return writeOnnx(g.finish('other', [{ name: output, value: end(g, sum) }]));
  };
  const right = ['input_ids', 'attention_mask'];
  const refused: readonly (readonly [string, Uint8Array | string, RegExp])[] = [
    ['no graph', 'nothing', /graph that ONNX Runtime can load/],
    ['an input that nobody feeds', build([...right, 'pixel_values'], 'logits'), /inputs input_ids, attention_mask, pixel_values/],
    ['no mask', build(['input_ids'], 'logits'), /found inputs input_ids, expected inputs input_ids, attention_mask/],
    ['token vectors', build(right, 'last_hidden_state'), /outputs last_hidden_state/],
    ['32-bit ids', build(right, 'logits', undefined, 'int32'), /int32/],
    ['five numbers a row', build(right, 'logits', (g, sum) => g.op('Expand', [g.op('Unsqueeze', [sum, g.ints([1])]), g.ints([1, 5])])), /logits float32 \[2, 5\] for 2 rows/],
    ['numbers of another type', build(right, 'logits', (g, sum) => cast(g, sum, 'int64')), /logits int64 \[2\]/],
    ['no finite numbers', build(right, 'logits', (g, sum) => g.op('Log', [g.op('Neg', [sum])])), /the logit (NaN|-Infinity)/],
  ]; // prettier-ignore

  it.each(refused)('%s', async (_, graph, message) => {
    await expect(open(await makeEncoderPack('roberta', graph))).rejects.toMatchObject({
      code: 'pack-invalid',
      message: expect.stringMatching(message),
      details: { file: 'onnx/model.onnx' },
    });
  });

  it('an export of one fixed size', async () => {
    const g = new GraphBuilder();
    const [ids] = right.map((name) => g.input(name, 'int64', [1, 128])) as [Value];
    const logits = sumOver(g, cast(g, ids, 'float32'), [1]);
    const graph = writeOnnx(g.finish('fixed', [{ name: 'logits', value: logits }]));
    await expect(open(await makeEncoderPack('bert', graph))).rejects.toThrow(
      /expected a graph that runs on two rows/,
    );
  });
});

describe('an encoder pack is refused', () => {
  const graph = fixtureFile('bert', 'onnx/model.onnx');

  it('where its manifest names a graph that it does not have', async () => {
    const dir = await makeEncoderPack('bert', graph, (m) => ({ ...m, graph: 'onnx/model_quantized.onnx' }));
    await expect(loadPack(dir)).rejects.toThrow(/graph: a graph that is not among the files/);
  });

  it('where rows could be longer than its model reads', async () => {
    const config = { 'config.json': fixtureFile('bert', 'config.json') };
    const dir = await makeEncoderPack('bert', graph, (m) => ({ ...m, maxLength: 129 }), config);
    await expect(open(dir)).rejects.toThrow(/found maxLength 129, expected at most the 128 positions/);
    const fits = await makeEncoderPack('bert', graph, (m) => ({ ...m, maxLength: 128 }), config);
    await (await open(fits)).release();
  });

  it('where rows must be so short that nothing of a phrase would be left', async () => {
    const dir = await makeEncoderPack('bert', graph, (m) => ({ ...m, maxLength: 5 }));
    await expect(open(dir)).rejects.toThrow(/found maxLength 5, expected at least 6 tokens/);
  });
});
