import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Graph } from '../../src-main/engine/graph/graph.ts';
import { typedData, type Tensor } from '../../src-main/engine/graph/tensor.ts';
import { writeOnnx } from '../../src-main/engine/onnx/write-onnx.ts';

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** A graph loaded into ONNX Runtime, to be run several times. */
export interface LoadedGraph {
  readonly run: (feeds: Tensors) => Promise<Tensors>;
  readonly release: () => Promise<void>;
}

/** How a test runs a graph. */
export interface RunSettings {
  readonly threads?: number;
  readonly optimisation?: 'disabled' | 'basic' | 'extended' | 'all';
}

/** Loads a graph into a session of ONNX Runtime on the CPU. */
export async function loadGraph(graph: Graph, settings: RunSettings = {}): Promise<LoadedGraph> {
  const session = await InferenceSession.create(writeOnnx(graph), {
    executionProviders: ['cpu'],
    intraOpNumThreads: settings.threads ?? 1,
    graphOptimizationLevel: settings.optimisation ?? 'basic',
    logSeverityLevel: 3,
  });
  const wanted = new Set(session.inputNames);
  return {
    run: async (feeds) => {
      const given = Object.entries(feeds).filter(([name]) => wanted.has(name));
      const results = await session.run(
        Object.fromEntries(given.map(([name, tensor]) => [name, toOrt(tensor)])),
      );
      return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, fromOrt(tensor)]));
    },
    release: () => session.release(),
  };
}

/** Runs a graph once. */
export async function runGraph(graph: Graph, feeds: Tensors, settings?: RunSettings): Promise<Tensors> {
  const loaded = await loadGraph(graph, settings);
  try {
    return await loaded.run(feeds);
  } finally {
    await loaded.release();
  }
}

function toOrt(tensor: Tensor): OrtTensor {
  return new OrtTensor(tensor.type as 'float32', typedData(tensor) as Float32Array, tensor.shape);
}

function fromOrt({ type, dims, data }: OrtTensor): Tensor {
  const { buffer, byteOffset, byteLength } = data as Float32Array;
  return { type: type as Tensor['type'], shape: dims, bytes: new Uint8Array(buffer, byteOffset, byteLength) };
}
