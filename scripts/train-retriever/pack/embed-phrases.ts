import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { WordPiece } from '../../../src-main/engine/text/word-piece.ts';

/** A pack that is open for embedding. */
export interface OpenPack {
  /** Unit vectors, one a phrase: [phrases, dimensions]. */
  readonly embed: (phrases: readonly string[]) => Promise<Float32Array>;
  readonly dimensions: number;
  readonly close: () => Promise<void>;
}

const batchSize = 512;

/** Opens a static-embedding pack on the CPU, for measuring; the application has its own way, behind the engine. */
export async function openPack(folder: string, threads: number): Promise<OpenPack> {
  const tokenizer = new WordPiece(JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')));
  const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as { hidden_size: number };
  const dimensions = config.hidden_size;
  const session = await InferenceSession.create(join(folder, 'onnx/model.onnx'), {
    intraOpNumThreads: threads,
  });
  return {
    dimensions,
    close: () => session.release(),
    async embed(phrases) {
      const encoded = phrases.map((phrase, row) => ({ row, ids: tokenizer.encode(phrase) }));
      // Phrases of one length together: little padding.
      encoded.sort((a, b) => a.ids.length - b.ids.length);
      const vectors = new Float32Array(phrases.length * dimensions);
      for (let start = 0; start < encoded.length; start += batchSize) {
        const batch = encoded.slice(start, start + batchSize);
        const tokens = batch.at(-1)?.ids.length ?? 0;
        const ids = new BigInt64Array(batch.length * tokens);
        const mask = new BigInt64Array(ids.length);
        batch.forEach((phrase, i) => {
          phrase.ids.forEach((id, k) => {
            ids[i * tokens + k] = BigInt(id);
            mask[i * tokens + k] = 1n;
          });
        });
        const shape = [batch.length, tokens];
        const { embedding } = await session.run({
          input_ids: new Tensor('int64', ids, shape),
          attention_mask: new Tensor('int64', mask, shape),
        });
        const rows = embedding?.data as Float32Array;
        batch.forEach(({ row }, i) =>
          vectors.set(rows.subarray(i * dimensions, (i + 1) * dimensions), row * dimensions),
        );
      }
      return vectors;
    },
  };
}

/** The cosines of a list of first phrases with a list of second ones. */
export async function cosines(
  pack: OpenPack,
  first: readonly string[],
  second: readonly string[],
): Promise<number[]> {
  const distinct = [...new Set([...first, ...second])];
  const position = new Map(distinct.map((phrase, i) => [phrase, i * pack.dimensions]));
  const vectors = await pack.embed(distinct);
  return first.map((phrase, i) => {
    const a = position.get(phrase)!;
    const b = position.get(second[i]!)!;
    let sum = 0;
    for (let k = 0; k < pack.dimensions; k++) sum += vectors[a + k]! * vectors[b + k]!;
    return sum;
  });
}
