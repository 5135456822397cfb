import { makePack } from '../../packs/make-pack.ts';
import { tinyTokenizer } from '../text/tiny-vocabulary.ts';
import { tinyRetrieverGraph } from './tiny-retriever-graph.ts';

/** Writes a retriever pack that works, or one with another graph or manifest. */
export async function makeRetrieverPack(
  dir: string,
  change: (manifest: Record<string, unknown>) => unknown = (manifest) => manifest,
  graph: Uint8Array | string = tinyRetrieverGraph(),
): Promise<string> {
  return makePack(dir, change, {
    'tokenizer.json': JSON.stringify(tinyTokenizer()),
    'onnx/model.onnx': graph,
  });
}
