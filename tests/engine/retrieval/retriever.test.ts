import { describe, expect, it } from 'vitest';
import { createCheckpoint } from '../../../src-main/engine/checkpoint.ts';
import { openRetriever, type Retriever } from '../../../src-main/engine/retrieval/retriever.ts';
import { createSession } from '../../../src-main/engine/runtime/create-session.ts';
import { asRetriever, loadPack } from '../../../src-main/packs/load-pack.ts';
import { makeFolder } from '../../packs/make-pack.ts';
import { makeRetrieverPack } from './make-retriever-pack.ts';
import { tinyRetrieverGraph } from './tiny-retriever-graph.ts';

const forever = () => createCheckpoint(new AbortController().signal);

async function open(
  ...options: Parameters<typeof makeRetrieverPack> extends [string, ...infer R] ? R : never
) {
  const dir = await makeRetrieverPack(await makeFolder(), ...options);
  return openRetriever(asRetriever(await loadPack(dir)), (onnx) => createSession(onnx));
}

async function rows(retriever: Retriever, phrases: readonly string[]): Promise<number[][]> {
  const vectors = await retriever.embed(phrases, forever());
  const { dimensions } = retriever;
  return phrases.map((_, row) => [...vectors.subarray(row * dimensions, (row + 1) * dimensions)]);
}

const phrases = [
  'heat pump',
  'a',
  'abatement of pollution',
  'polyethylenes, the 漢字 and 🔥',
  'the heat of the pump of the heat of the pump of the heat',
  'pumping heat',
  '\u0301',
  'heat pump',
];

describe('a retriever', () => {
  it('gives a unit vector for each phrase', async () => {
    const retriever = await open();
    for (const row of await rows(retriever, phrases)) expect(Math.hypot(...row)).toBeCloseTo(1, 5);
    await retriever.release();
  });

  it('gives the same vectors whatever else is asked, in whatever order', async () => {
    const retriever = await open();
    const alone: number[][] = [];
    for (const phrase of phrases) alone.push(...(await rows(retriever, [phrase])));
    expect(await rows(retriever, phrases)).toEqual(alone);
    expect(await rows(retriever, phrases.toReversed())).toEqual(alone.toReversed());
    const many = Array.from({ length: 3000 }, (_, i) => phrases[(i * i) % phrases.length] as string);
    const expected = many.map((phrase) => alone[phrases.indexOf(phrase)]);
    expect(await rows(retriever, many)).toEqual(expected);
    await retriever.release();
  });

  it('cuts what is longer than the pack allows', async () => {
    const retriever = await open((manifest) => ({ ...manifest, maxLength: 3 }));
    const [cut, longer, other] = await rows(retriever, [
      'heat pump the',
      'heat pump the pollution',
      'heat pump s',
    ]);
    expect(longer).toEqual(cut);
    expect(other).not.toEqual(cut);
    await retriever.release();
  });

  it('gives nothing for nothing and refuses an empty phrase', async () => {
    const retriever = await open();
    expect(await rows(retriever, [])).toEqual([]);
    await expect(rows(retriever, ['heat', ''])).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('Phrase 2 of 2 is empty'),
    });
    await retriever.release();
  });

  it('stops where its checkpoint says so', async () => {
    const retriever = await open();
    const abort = new AbortController();
    const checkpoint = createCheckpoint(abort.signal);
    const long = retriever.embed(
      Array.from({ length: 20_000 }, (_, i) => `heat pump ${i}`),
      checkpoint,
    );
    setImmediate(() => abort.abort());
    await expect(long).rejects.toMatchObject({ code: 'cancelled' });
    await retriever.release();
  });
});

describe('a pack that is no retriever after all', () => {
  it.each([
    ['whose graph is no graph', undefined, 'no graph', /model\.onnx.*expected a graph/],
    ['whose graph has other outputs', undefined, tinyRetrieverGraph('pooled'), /outputs pooled/],
  ])('%s is refused when it is opened', async (_, change, graph, message) => {
    const opening = open(change, graph);
    await expect(opening).rejects.toMatchObject({
      code: 'pack-invalid',
      details: { file: 'onnx/model.onnx' },
    });
    await expect(opening).rejects.toThrow(message);
  });

  it('whose vectors have other dimensions is refused when it is used', async () => {
    const retriever = await open((manifest) => ({ ...manifest, dimensions: 16 }));
    await expect(rows(retriever, ['heat'])).rejects.toMatchObject({
      code: 'pack-invalid',
      details: { found: 'float32 [2, 8]', expected: 'float32 [2, 16]' },
    });
  });
});
