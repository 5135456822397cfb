import { eliminateDeadCode } from '../../graph/passes/eliminate-dead-code.ts';
import { runPasses } from '../../graph/passes/pass.ts';
import { selectTokenEarly } from '../../graph/passes/select-token-early.ts';
import { readOnnx } from '../../onnx/read-onnx.ts';
import { writeOnnx } from '../../onnx/write-onnx.ts';

// For a while there are the bytes of the file and of the graph to run; a larger model keeps its one copy.
const mostBytes = 2 ** 30;

/**
 * The bytes of a graph that gives the same scores with less work; the bytes given where there is nothing to spare, the model is
 * larger than 1 GiB, or the graph has something that only ONNX Runtime knows.
 */
export function inferenceGraph(onnx: Uint8Array): Uint8Array {
  if (onnx.byteLength > mostBytes) return onnx;
  try {
    const { graph } = runPasses(readOnnx(onnx), [eliminateDeadCode]);
    const sparing = selectTokenEarly.call(graph);
    return sparing.modified ? writeOnnx(sparing.graph) : onnx;
  } catch {
    // Whatever is wrong with it, or only unknown here: ONNX Runtime has the say.
    return onnx;
  }
}
