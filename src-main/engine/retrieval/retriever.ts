import { AppError } from '../../contract/app-error.ts';
import type { RetrieverManifest } from '../../contract/pack.ts';
import type { LoadedPack } from '../../packs/loaded-pack.ts';
import { packError } from '../../packs/pack-error.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { CreateSession, Session } from '../runtime/session.ts';
import { openTokeniser } from '../text/open-tokeniser.ts';
import type { Tokeniser } from '../text/tokeniser.ts';
import { lengthBuckets, type Batch } from './length-buckets.ts';

const graphFile = 'onnx/model.onnx';
// A batch of this size runs in about ten milliseconds, so that a cancel is heard and others get their turn.
const mostTokens = 2048;
// ONNX Runtime sums a batch of one row in another order than any larger one, which shows in the last digit. A single row
// is run twice, so that a vector never depends on what else was asked.
const fewestRows = 2;

/** A loaded retriever. */
export interface Retriever {
  readonly dimensions: number;
  /** Unit vectors in the order of the phrases: [phrases, dimensions]; a vector depends on its own phrase alone. */
  embed(phrases: readonly string[], checkpoint: Checkpoint): Promise<Float32Array<ArrayBuffer>>;
  release(): Promise<void>;
}

/** Opens the retriever of a pack. */
export async function openRetriever(
  pack: LoadedPack<RetrieverManifest>,
  createSession: CreateSession,
): Promise<Retriever> {
  const { dimensions, maxLength } = pack.manifest;
  const tokeniser = await openTokeniser(pack);
  const session = await openGraph(pack, createSession);
  return {
    dimensions,
    async embed(phrases, checkpoint) {
      const tokens = await tokenise(phrases, tokeniser, maxLength, checkpoint);
      const vectors = new Float32Array(phrases.length * dimensions);
      for (const batch of lengthBuckets(
        tokens.map(({ length }) => length),
        mostTokens,
      )) {
        const rows = await runBatch(session, batch, tokens, dimensions);
        for (const [i, row] of batch.rows.entries()) {
          vectors.set(rows.subarray(i * dimensions, (i + 1) * dimensions), row * dimensions);
        }
        await checkpoint();
      }
      return vectors;
    },
    release: () => session.release(),
  };
}

async function openGraph(pack: LoadedPack, createSession: CreateSession): Promise<Session> {
  const fault = (found: string, expected: string, cause?: unknown) =>
    packError({ code: 'pack-invalid', dir: pack.dir, file: graphFile, found, expected }, { cause });
  const session = await createSession(await pack.read(graphFile)).catch((error: unknown) => {
    throw fault(
      error instanceof Error ? error.message : String(error),
      'a graph that ONNX Runtime can load',
      error,
    );
  });
  const { inputNames, outputNames } = session;
  if ([...inputNames].sort().join() !== 'attention_mask,input_ids' || !outputNames.includes('embedding')) {
    await session.release();
    const found = `inputs ${inputNames.join(', ')} and outputs ${outputNames.join(', ')}`;
    throw fault(found, 'inputs input_ids, attention_mask and output embedding');
  }
  return session;
}

async function tokenise(
  phrases: readonly string[],
  tokeniser: Tokeniser,
  maxLength: number,
  checkpoint: Checkpoint,
): Promise<(readonly number[])[]> {
  const tokens: (readonly number[])[] = [];
  for (const [row, phrase] of phrases.entries()) {
    const ids = tokeniser.encode(phrase);
    if (ids.length === 0) {
      throw new AppError(
        'bad-input',
        `Phrase ${row + 1} of ${phrases.length} is empty; expected at least one character.`,
      );
    }
    tokens.push(ids.length > maxLength ? ids.slice(0, maxLength) : ids);
    if (row % 64 === 63) await checkpoint();
  }
  return tokens;
}

/** The vectors of a batch's rows. */
async function runBatch(
  session: Session,
  batch: Batch,
  tokens: readonly (readonly number[])[],
  dimensions: number,
): Promise<Float32Array> {
  const count = Math.max(fewestRows, batch.rows.length);
  const shape = [count, batch.tokens]; // [batch, tokens]
  const ids = new BigInt64Array(count * batch.tokens);
  const mask = new BigInt64Array(ids.length);
  for (let i = 0, start = 0; i < count; i++, start += batch.tokens) {
    const own = tokens[batch.rows[i % batch.rows.length] as number] ?? [];
    for (let t = 0; t < own.length; t++) ids[start + t] = BigInt(own[t] as number);
    mask.fill(1n, start, start + own.length);
  }
  const { embedding } = await session.run({
    input_ids: { type: 'int64', data: ids, shape },
    attention_mask: { type: 'int64', data: mask, shape },
  });
  const fits = embedding?.type === 'float32' && embedding.data.length === count * dimensions;
  if (!fits) {
    const found = embedding === undefined ? 'nothing' : `${embedding.type} [${embedding.shape.join(', ')}]`;
    const expected = `float32 [${count}, ${dimensions}]`;
    throw new AppError(
      'pack-invalid',
      `The retriever's graph gave ${found}; expected ${expected}. Fetch the pack again.`,
      {
        found,
        expected,
      },
    );
  }
  return embedding.data;
}
