// A worker process for tests: scores by a rule that the test knows, slowly enough to be killed meanwhile.
import { startChunkWorker } from '../../src-main/queue/chunk-worker.ts';
import { madeUpScore } from './made-up-score.ts';

const [address = '', hash = '', delay = '20'] = process.argv.slice(2);
await startChunkWorker({
  address,
  pack: { id: 'test-scorer', hash },
  async score(chunk) {
    await new Promise((resolve) => setTimeout(resolve, Number(delay)));
    return Float32Array.from(chunk.anchors, (anchor, at) =>
      madeUpScore(anchor, chunk.targets[at]!, chunk.contexts[chunk.context[at]!]!.symbol),
    );
  },
  onChunk: (pairs) => console.log(pairs),
});
console.log('ready');
