import { basename, dirname, join } from 'node:path';
import type { Graph } from '../graph/graph.ts';
import { modelFromGraph } from './graph-to-model.ts';
import type { OnnxModel, Tensor } from './model.ts';
import { onnxModelPieces, writeOnnxModel } from './write-model.ts';
import { writeWhole } from './write-whole.ts';

/** The most bytes of weights in the file of a graph: a protobuf message may have 2 GiB, and well before that they go to a second file. */
export const mostInOneFile = 1.5 * 2 ** 30;
const smallestOutside = 1024;
const alignment = 4096;

/** The bytes of the .onnx file of a graph. */
export function writeOnnx(graph: Graph, metadata?: Readonly<Record<string, string>>): Uint8Array {
  return writeOnnxModel(modelFromGraph(graph, metadata));
}

/** How a model file is written. */
export interface WriteFileSettings {
  readonly metadata?: Readonly<Record<string, string>>;
  /** Whether weights go to a second file, `<name>.onnx.data`; without a word, only where the model is too large for one. */
  readonly externalData?: boolean;
}

/**
 * Writes a graph to a file, and to a second one for the weights of a large model. Each file appears whole or not at all, the
 * model after its weights. Gives the names of the files written, in the folder of `path`.
 */
export async function writeOnnxFile(
  graph: Graph,
  path: string,
  settings: WriteFileSettings = {},
): Promise<string[]> {
  const model = modelFromGraph(graph, settings.metadata);
  const tensors = Object.values(model.graph.initializers);
  const total = tensors.reduce((sum, { data }) => sum + data.byteLength, 0);
  if (!(settings.externalData ?? total > mostInOneFile)) {
    await writeWhole(path, onnxModelPieces(model));
    return [basename(path)];
  }
  const location = `${basename(path)}.data`;
  const { placed, pieces } = placeOutside(model, location);
  await writeWhole(join(dirname(path), location), pieces);
  await writeWhole(path, onnxModelPieces(placed));
  return [basename(path), location];
}

function placeOutside(model: OnnxModel, location: string) {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  const initializers = Object.entries(model.graph.initializers).map(([name, tensor]): [string, Tensor] => {
    const { data } = tensor;
    if (data.byteLength < smallestOutside) return [name, tensor];
    const gap = (alignment - (offset % alignment)) % alignment;
    if (gap > 0) pieces.push(new Uint8Array(gap));
    offset += gap;
    const external = { location, offset };
    pieces.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    offset += data.byteLength;
    return [name, { ...tensor, external }];
  });
  const graph = { ...model.graph, initializers: Object.fromEntries(initializers) };
  return { placed: { ...model, graph }, pieces };
}
