import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quantiseRows } from '../../../../scripts/train-retriever/pack/quantise.ts';
import { staticEmbeddingGraph } from '../../../../scripts/train-retriever/pack/static-embedding-graph.ts';
import { phraseVector, type TokenModel } from '../../../../scripts/train-retriever/phrase-vectors.ts';
import { gaussian, seededRandom } from '../../../../scripts/train-retriever/random.ts';
import { writeOnnxModel } from '../../../../src-main/engine/onnx/write-model.ts';

const dimensions = 16;
const vocabulary = 20;
const random = seededRandom(3);
const model: TokenModel = {
  dimensions,
  embedding: Float32Array.from({ length: vocabulary * dimensions }, () => gaussian(random)),
  weight: Float32Array.from({ length: vocabulary }, () => random()),
};

describe('the graph of a static-embedding model', () => {
  let session: InferenceSession;
  beforeAll(async () => {
    session = await InferenceSession.create(writeOnnxModel(staticEmbeddingGraph(model)));
  });
  afterAll(() => session.release());

  const embed = async (phrases: readonly (readonly number[])[]): Promise<number[][]> => {
    const tokens = Math.max(...phrases.map((ids) => ids.length));
    const padded = phrases.flatMap((ids) => Array.from({ length: tokens }, (_, k) => BigInt(ids[k] ?? 0)));
    const mask = phrases.flatMap((ids) =>
      Array.from({ length: tokens }, (_, k) => (k < ids.length ? 1n : 0n)),
    );
    const shape = [phrases.length, tokens];
    const { embedding } = await session.run({
      input_ids: new Tensor('int64', padded, shape),
      attention_mask: new Tensor('int64', mask, shape),
    });
    const data = Array.from(embedding!.data as Float32Array);
    return phrases.map((_, i) => data.slice(i * dimensions, (i + 1) * dimensions));
  };

  it('gives the vectors of the float model to within the rounding of 8 bits', async () => {
    const phrases = [[1, 2, 3], [4], [5, 5, 6, 7, 8]];
    const rows = await embed(phrases);
    rows.forEach((row, i) => {
      const expected = phraseVector(model, phrases[i]!);
      expect(row.reduce((sum, value, k) => sum + value * expected[k]!, 0)).toBeGreaterThan(0.9995);
      expect(Math.hypot(...row)).toBeCloseTo(1, 5);
    });
  });

  it('gives zeros for an empty mask and for no tokens at all', async () => {
    const [, empty] = await embed([[1, 2], []]);
    expect(empty).toEqual(new Array(dimensions).fill(0));
    expect(await embed([[], []])).toEqual([new Array(dimensions).fill(0), new Array(dimensions).fill(0)]);
  });
});

it('rows in 8 bits are off by half a step at most, and a row of zeros stays zero', () => {
  const { bytes, scales } = quantiseRows(Float32Array.of(1, -0.498, 0.003, 0, 0, 0), 3);
  expect([...bytes]).toEqual([127, -63, 0, 0, 0, 0]);
  expect(Math.abs(bytes[1]! * scales[0]! + 0.498)).toBeLessThanOrEqual(scales[0]! / 2 + 1e-9);
});
