import { AppError } from '../../../contract/app-error.ts';
import type { EncoderManifest } from '../../../contract/pack.ts';
import type { LoadedPack } from '../../../packs/loaded-pack.ts';
import { packError } from '../../../packs/pack-error.ts';
import type { CreateSession, NamedTensors, Session, TensorData } from '../../runtime/session.ts';
import { inferenceGraph } from './inference-graph.ts';
import type { TokenBatch } from './token-batches.ts';

/** An encoder with a head as a graph that gives one logit for each row. */
export interface EncoderGraph {
  /** The logits of a batch's rows, in their order. */
  logits(batch: TokenBatch, ids: readonly Int32Array[]): Promise<Float32Array>;
  release(): Promise<void>;
}

const knownInputs = ['input_ids', 'attention_mask', 'token_type_ids'];
const expectedInputs =
  'inputs input_ids, attention_mask and, if need be, token_type_ids, all int64 [batch, tokens]';
// ONNX Runtime may add up a product of a single row in another order than that of several, which shows in the last digit. A
// single row is run twice, so that a score never depends on what else was asked.
const fewestRows = 2;

/** Opens the graph of a pack and tries it on two short rows, so that one of another kind is refused here and not at its first use. */
export async function openEncoderGraph(
  pack: LoadedPack<EncoderManifest>,
  padding: number,
  createSession: CreateSession,
): Promise<EncoderGraph> {
  const { graph: file, maxLength } = pack.manifest;
  const fault = (found: string, expected: string, cause?: unknown) =>
    packError({ code: 'pack-invalid', dir: pack.dir, file, found, expected }, { cause });
  const onnx = inferenceGraph(await pack.read(file));
  // The token budget bounds a run, so what is kept stays small; it is even less than the heap's holes otherwise.
  const session = await createSession(onnx, { keepsMemory: true }).catch((error: unknown) => {
    throw fault(messageOf(error), 'a graph that ONNX Runtime can load', error);
  });
  try {
    checkInputs(session, fault);
    const output = outputName(session, fault);
    const graph: EncoderGraph = {
      async logits(batch, ids) {
        const { feeds, count } = feedsOf(session, batch, ids, padding);
        return logitsOf((await session.run(feeds))[output], batch.rows.length, count, fault);
      },
      release: () => session.release(),
    };
    const trial = { rows: [0, 1], tokens: Math.min(8, maxLength) };
    const ids = [Int32Array.of(padding, padding, padding), Int32Array.of(padding)];
    await graph.logits(trial, ids).catch((error: unknown) => {
      if (error instanceof AppError) throw error;
      throw fault(messageOf(error), `a graph that runs on two rows: ${expectedInputs}`, error);
    });
    return graph;
  } catch (error) {
    await session.release();
    throw error;
  }
}

type Fault = (found: string, expected: string, cause?: unknown) => Error;

function checkInputs({ inputNames }: Session, fault: Fault): void {
  const right =
    inputNames.includes('input_ids') &&
    inputNames.includes('attention_mask') &&
    inputNames.every((name) => knownInputs.includes(name));
  if (!right) throw fault(`inputs ${inputNames.join(', ')}`, expectedInputs);
}

function outputName({ outputNames }: Session, fault: Fault): string {
  const [first] = outputNames;
  if (outputNames.includes('logits')) return 'logits';
  // Token vectors would be a model without a head.
  if (outputNames.length === 1 && first !== undefined && !/hidden_state|embedding/.test(first)) return first;
  throw fault(
    `outputs ${outputNames.join(', ')}`,
    'an output logits: one number for each row, from a model with a head for scores',
  );
}

function feedsOf(
  session: Session,
  batch: TokenBatch,
  ids: readonly Int32Array[],
  padding: number,
): { readonly feeds: NamedTensors; readonly count: number } {
  const count = Math.max(fewestRows, batch.rows.length);
  const shape = [count, batch.tokens]; // [batch, tokens]
  const tokens = new BigInt64Array(count * batch.tokens);
  const mask = new BigInt64Array(tokens.length);
  // The lower halves of the 64-bit numbers (little-endian, as all that ONNX Runtime runs on): far quicker than BigInts.
  const lowTokens = new Int32Array(tokens.buffer);
  const lowMask = new Int32Array(mask.buffer);
  for (let i = 0; i < count; i++) {
    const own = ids[batch.rows[i % batch.rows.length] as number] as Int32Array;
    const start = 2 * i * batch.tokens;
    for (let t = 0; t < batch.tokens; t++) {
      lowTokens[start + 2 * t] = t < own.length ? (own[t] as number) : padding;
      lowMask[start + 2 * t] = t < own.length ? 1 : 0;
    }
  }
  const feeds: Record<string, TensorData> = {
    input_ids: { type: 'int64', data: tokens, shape },
    attention_mask: { type: 'int64', data: mask, shape },
  };
  if (session.inputNames.includes('token_type_ids')) {
    feeds['token_type_ids'] = { type: 'int64', data: new BigInt64Array(tokens.length), shape };
  }
  return { feeds, count };
}

function logitsOf(output: TensorData | undefined, rows: number, count: number, fault: Fault): Float32Array {
  const fits = output?.type === 'float32' && output.data.length === count && output.shape[0] === count;
  if (!fits) {
    const found =
      output === undefined
        ? 'no logits'
        : `logits ${output.type} [${output.shape.join(', ')}] for ${count} rows`;
    throw fault(found, `one number for each row: float32 [${count}] or [${count}, 1]`);
  }
  const logits = output.data.subarray(0, rows);
  const bad = logits.findIndex((logit) => !Number.isFinite(logit));
  if (bad >= 0) throw fault(`the logit ${logits[bad]}`, 'a finite number for each row');
  return logits;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
