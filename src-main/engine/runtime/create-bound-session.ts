import { availableParallelism } from 'node:os';
import type { Tensor } from 'onnxruntime-node';
import type { NamedTensors, TensorData } from './session.ts';

/** How a session of which the caller owns the memory runs. */
export interface BoundSessionOptions {
  /** ONNX Runtime's name of the device. */
  readonly provider?: string;
  /** Threads inside one operator; every core where it is absent. */
  readonly threads?: number;
  /** Which of ONNX Runtime's own rewrites are made; none where the graph is already written as it should run. */
  readonly optimisation?: 'disabled' | 'basic' | 'extended' | 'all';
  /** Whether memory is kept between runs: faster, and less in all, since pieces that come and go leave no gaps. */
  readonly arena?: boolean;
}

/** A loaded graph whose inputs are read from, and outputs written to, memory of the caller. */
export interface BoundSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Runs the graph and writes the outputs into the data of `outputs`; shapes must be those that the graph gives. */
  run(inputs: NamedTensors, outputs: NamedTensors): Promise<void>;
  /** Frees the graph's memory; no run may follow. */
  release(): Promise<void>;
}

/**
 * Makes such a session. Data may be views of a WebAssembly.Memory that is not shared; ONNX Runtime refuses views of a
 * SharedArrayBuffer. A tensor object that is passed again is prepared only once.
 */
export async function createBoundSession(
  onnx: Uint8Array,
  options: BoundSessionOptions = {},
): Promise<BoundSession> {
  const runtime = await import('onnxruntime-node');
  const native = await runtime.InferenceSession.create(onnx, {
    executionProviders: [options.provider ?? 'cpu'],
    intraOpNumThreads: options.threads ?? availableParallelism(),
    interOpNumThreads: 1,
    graphOptimizationLevel: options.optimisation ?? 'disabled',
    enableCpuMemArena: options.arena ?? true,
    // Plans made for one shape are of no use where shapes change from run to run.
    enableMemPattern: false,
    // Threads that spin while they wait take the processor from whoever else needs it, and from one another when it is busy.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3,
  });
  const prepared = new WeakMap<TensorData, Tensor>();
  const prepare = (tensor: TensorData): Tensor => {
    const known = prepared.get(tensor);
    if (known) return known;
    const made = new runtime.Tensor(tensor.type, tensor.data, tensor.shape);
    prepared.set(tensor, made);
    return made;
  };
  const prepareAll = (tensors: NamedTensors): Record<string, Tensor> =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, prepare(tensor)]));
  return {
    inputNames: native.inputNames,
    outputNames: native.outputNames,
    run: async (inputs, outputs) => void (await native.run(prepareAll(inputs), prepareAll(outputs))),
    release: () => native.release(),
  };
}
