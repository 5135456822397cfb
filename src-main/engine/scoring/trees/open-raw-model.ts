import { AppError } from '../../../contract/app-error.ts';
import type { LoadedPack } from '../../../packs/loaded-pack.ts';
import { packError } from '../../../packs/pack-error.ts';
import type { CreateSession, Session } from '../../runtime/session.ts';
import { splitGraph } from './split-graph.ts';
import { TreeSums } from './tree-sums.ts';

/** The models of a pack: what they give before it is calibrated. */
export interface RawModel {
  /** The raw outputs of the first `rows` rows of features [rows, features]; ONNX Runtime is given all of them. */
  raw(features: Float32Array, rows: number): Promise<Float32Array>;
  release(): Promise<void>;
}

const graphFile = 'onnx/model.onnx';

/**
 * Opens the graph of a pack, with one thread: large calls have threads of their own. Where its output is the sum of trees and of
 * something else, the trees are computed here, which is several times as fast, and ONNX Runtime computes the rest; both ways give
 * the same numbers, bit for bit.
 */
export async function openRawModel(
  pack: LoadedPack,
  width: number,
  createSession: CreateSession,
): Promise<RawModel> {
  const onnx = await pack.read(graphFile);
  const split = attempt(() => splitGraph(onnx, width));
  if (split === null) return wholeModel(pack, onnx, width, createSession);
  const { output } = split;
  const session = await open(pack, split.rest, output, createSession);
  const trees = new TreeSums(split.trees);
  return {
    async raw(features, rows) {
      const rest = await run(pack, session, output, features, width);
      const sums = new Float32Array(rows);
      trees.add(features, rows, sums);
      return sums.map((sum, row) => sum + (rest[row] as number));
    },
    release: () => session.release(),
  };
}

async function wholeModel(
  pack: LoadedPack,
  onnx: Uint8Array,
  width: number,
  createSession: CreateSession,
): Promise<RawModel> {
  const session = await open(pack, onnx, 'raw', createSession);
  return {
    raw: async (features, rows) => (await run(pack, session, 'raw', features, width)).subarray(0, rows),
    release: () => session.release(),
  };
}

/** What ONNX Runtime cannot read either is refused by it, with its own words. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function open(
  pack: LoadedPack,
  onnx: Uint8Array,
  output: string,
  createSession: CreateSession,
): Promise<Session> {
  const session = await createSession(onnx, { threads: 1 }).catch((error: unknown) => {
    throw fault(
      pack,
      error instanceof Error ? error.message : String(error),
      'a graph that ONNX Runtime can load',
    );
  });
  if (session.inputNames.join() !== 'features' || !session.outputNames.includes(output)) {
    const found = `inputs ${session.inputNames.join(', ')} and outputs ${session.outputNames.join(', ')}`;
    await session.release();
    throw fault(pack, found, `input features and output ${output}`);
  }
  return session;
}

async function run(
  pack: LoadedPack,
  session: Session,
  output: string,
  features: Float32Array,
  width: number,
): Promise<Float32Array> {
  const shape = [features.length / width, width]; // [rows, features]
  const found = (await session.run({ features: { type: 'float32', data: features, shape } }))[output];
  if (found?.type === 'float32' && found.data.length === shape[0]) return found.data;
  throw fault(pack, 'an output of another type or length', `output ${output}, float32 [rows, 1]`);
}

function fault(pack: LoadedPack, found: string, expected: string): AppError {
  return packError({ code: 'pack-invalid', dir: pack.dir, file: graphFile, found, expected });
}
