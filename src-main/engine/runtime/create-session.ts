import { availableParallelism } from 'node:os';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Session, TensorData } from './session.ts';

/** How a session runs. */
export interface SessionOptions {
  /** ONNX Runtime's name of the device: `cpu`, `webgpu`, `cuda`, `dml`, `coreml`. */
  readonly provider?: string;
  /** Threads inside one operator; every core where it is absent. */
  readonly threads?: number;
  /** Whether memory is kept from run to run, which is quicker: for runs of bounded size, one like another. */
  readonly keepsMemory?: boolean;
}

/** Makes a session; throws ONNX Runtime's own error where the graph or the device is unusable. */
export async function createSession(onnx: Uint8Array, options: SessionOptions = {}): Promise<Session> {
  // Loaded on first use: a process that only answers for its state stays small.
  const runtime = await import('onnxruntime-node');
  const native = await runtime.InferenceSession.create(onnx, {
    executionProviders: [options.provider ?? 'cpu'],
    intraOpNumThreads: options.threads ?? availableParallelism(),
    interOpNumThreads: 1,
    // The arena keeps the largest batch ever seen; without it memory goes back after each run.
    enableCpuMemArena: options.keepsMemory ?? false,
    // Threads that spin while they wait take the processor from whoever else needs it, and from one another when it is busy.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3,
  });
  return sessionOf(native, runtime.Tensor);
}

function sessionOf(native: InferenceSession, NativeTensor: typeof Tensor): Session {
  return {
    inputNames: native.inputNames,
    outputNames: native.outputNames,
    async run(inputs) {
      const feeds = mapValues(inputs, ({ type, data, shape }) => new NativeTensor(type, data, shape));
      return mapValues(await native.run(feeds), tensorData);
    },
    release: () => native.release(),
  };
}

function tensorData({ type, data, dims }: Tensor, name: string): TensorData {
  if (type === 'float32' && data instanceof Float32Array) return { type, data, shape: dims };
  if (type === 'int32' && data instanceof Int32Array) return { type, data, shape: dims };
  if (type === 'int64' && data instanceof BigInt64Array) return { type, data, shape: dims };
  throw new Error(`Output ${name} of a graph is ${type}; expected float32, int32 or int64.`);
}

function mapValues<From, To>(
  from: Readonly<Record<string, From>>,
  map: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, map(value, name)]));
}
