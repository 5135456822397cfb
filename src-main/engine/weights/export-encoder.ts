import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Graph } from '../graph/graph.ts';
import { eliminateDeadCode } from '../graph/passes/eliminate-dead-code.ts';
import { foldConstants } from '../graph/passes/fold-constants.ts';
import { runPasses } from '../graph/passes/pass.ts';
import type { Tensor } from '../graph/tensor.ts';
import { writeOnnx, writeOnnxFile } from '../onnx/write-onnx.ts';
import { storeParameters } from './store-parameters.ts';
import { writeSafetensors } from './write-safetensors.ts';

/** Words to keep in the files: where the model comes from, how it was trained. */
export interface ExportSettings {
  readonly metadata?: Readonly<Record<string, string>>;
  /** Whether weights go to a file beside the model; without a word, only where it is too large for one. */
  readonly externalData?: boolean;
}

/** The inference graph with its weights stored; its inputs and outputs keep their names. */
export function withWeights(graph: Graph, weights: ReadonlyMap<string, Tensor>): Graph {
  return runPasses(storeParameters(graph, weights), [foldConstants, eliminateDeadCode]).graph;
}

/** The bytes of an ONNX model of an inference graph and its weights by parameter name. */
export function encoderOnnx(
  graph: Graph,
  weights: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  return writeOnnx(withWeights(graph, weights), metadata);
}

/**
 * Writes `onnx/model.onnx` (with a second file for the weights of a large model) and `model.safetensors` into a folder, each whole
 * or not at all. Gives the files written, relative to the folder.
 */
export async function exportEncoder(
  folder: string,
  graph: Graph,
  weights: ReadonlyMap<string, Tensor>,
  settings: ExportSettings = {},
): Promise<readonly string[]> {
  await mkdir(join(folder, 'onnx'), { recursive: true });
  await writeSafetensors(join(folder, 'model.safetensors'), Object.fromEntries(weights), {
    format: 'pt', // Hugging Face's loader insists on it
    ...settings.metadata,
  });
  const written = await writeOnnxFile(
    withWeights(graph, weights),
    join(folder, 'onnx', 'model.onnx'),
    settings,
  );
  return ['model.safetensors', ...written.map((file) => `onnx/${file}`)];
}
