import { describe, expect, it } from 'vitest';
import { readOnnx } from '../../../../src-main/engine/onnx/read-onnx.ts';
import { writeOnnx } from '../../../../src-main/engine/onnx/write-onnx.ts';
import { quantiseGraph } from '../../../../src-main/engine/quantise/quantise-graph.ts';
import { createSession } from '../../../../src-main/engine/runtime/create-session.ts';
import { inferenceGraph } from '../../../../src-main/engine/scoring/encoder/inference-graph.ts';
import { builtGraph, fixtureFile, scorerNames } from './scorer-fixture.ts';

/** The logits of three rows, of which the second has padding. */
async function logits(onnx: Uint8Array): Promise<Float32Array> {
  const [rows, tokens] = [3, 13];
  const shape = [rows, tokens];
  const ids = BigInt64Array.from({ length: rows * tokens }, (_, at) => BigInt(5 + ((at * 7) % 60)));
  const mask = BigInt64Array.from(ids, (_, at) => (at >= tokens + 9 && at < 2 * tokens ? 0n : 1n));
  const session = await createSession(onnx, { threads: 1 });
  const feeds = { input_ids: ids, attention_mask: mask, token_type_ids: ids.map(() => 0n) };
  const wanted = Object.entries(feeds).filter(([name]) => session.inputNames.includes(name));
  const run = await session.run(
    Object.fromEntries(wanted.map(([name, data]) => [name, { type: 'int64', data, shape }])),
  );
  await session.release();
  return run['logits']?.data as Float32Array;
}

const largest = (a: Float32Array, b: Float32Array): number =>
  Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? NaN))));

describe.each(scorerNames)('of a %s, the graph that runs', (name) => {
  it.each([
    ['an export of Hugging Face', () => fixtureFile(name, 'onnx/model.onnx')],
    ['a head on the first token', () => builtGraph(name, undefined, 'cls')],
  ])(
    'computes the end of the last layer for one token only, and gives the same logits: %s',
    async (_, make) => {
      const given = await make();
      const run = inferenceGraph(given);
      expect(run).not.toBe(given);
      const products = (onnx: Uint8Array): number =>
        readOnnx(onnx).nodes.filter(({ op, outputs }) => op === 'MatMul' && outputs[0]?.shape?.at(-2) === 1)
          .length;
      expect(products(given)).toBe(0);
      // What follows attention, and both sides of the feed-forward part.
      expect(products(run)).toBeGreaterThanOrEqual(3);
      expect(largest(await logits(run), await logits(given))).toBeLessThan(1e-6);
    },
  );

  it('is sparing with weights of 8 bits too', async () => {
    const given = writeOnnx(quantiseGraph(readOnnx(await builtGraph(name, undefined, 'cls'))));
    const run = inferenceGraph(given);
    const products = readOnnx(run).nodes.filter(
      ({ op, outputs }) => op === 'MatMulIntegerToFloat' && outputs[0]?.shape?.at(-2) === 1,
    );
    expect(products.length).toBeGreaterThanOrEqual(3);
    expect(largest(await logits(run), await logits(given))).toBeLessThan(1e-6);
  });

  it('is the one given where the mean of all tokens is read', async () => {
    const given = await builtGraph(name);
    expect(inferenceGraph(given)).toBe(given);
  });
});

it('what cannot be read is left to ONNX Runtime', () => {
  const given = Buffer.from('nothing');
  expect(inferenceGraph(given)).toBe(given);
});
