import { Worker } from 'node:worker_threads';
import { WordPiece } from '../../../src-main/engine/text/word-piece.ts';
import { settings } from '../settings.ts';
import { expectedCounts, packLists, type TokenSource } from '../skip-gram/token-source.ts';
import type { SkipGramOptions } from '../skip-gram/train-skip-gram.ts';
import type { WorkerTask } from '../skip-gram/worker.ts';
import { bytesOf, type Cache } from './cache.ts';
import { readCountedWords } from './count-words.ts';

const hasLetterOrDigit = /[\p{L}\p{N}]/u;

/** Stage 3: one skip-gram model a window, each in a thread of its own, so that the result depends on the seed alone. */
export async function learnVectors(cache: Cache): Promise<string> {
  const source = tokenSource(cache);
  const { windows, ...shape } = settings.skipGram;
  await Promise.all(
    windows.map(async (window, index) => {
      const vectors = await trainInThread({
        source,
        options: { ...shape, window, seed: index + 1, share: 1 },
      });
      cache.write(`skip-gram-${index + 1}.bin`, bytesOf(vectors));
    }),
  );
  cache.write('counts.bin', bytesOf(source.counts));
  return `${windows.length} models of ${shape.dimensions} dimensions`;
}

function tokenSource(cache: Cache): TokenSource {
  const { words, counts } = readCountedWords(cache);
  const tokenizer = new WordPiece(JSON.parse(cache.text('tokenizer.json')));
  const usual = words.map((word) => tokenizer.pieces(word));
  const whole = packLists(usual);
  const parts = packLists(
    usual.map((ids, index) => (ids.length === 1 ? tokenizer.partsOf(words[index]!) : ids)),
  );
  const inStream = counts.map((count, index) => (hasLetterOrDigit.test(words[index]!) ? count : 0));
  const { splitShare } = settings.skipGram;
  return {
    stream: new Uint32Array(cache.shared('stream.bin')),
    whole,
    parts,
    counts: expectedCounts(inStream, whole, parts, splitShare, settings.vocabulary.size),
  };
}

function trainInThread(task: { source: TokenSource; options: SkipGramOptions }): Promise<Float32Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../skip-gram/worker.ts', import.meta.url), {
      workerData: task satisfies WorkerTask,
    });
    worker.on('error', reject);
    worker.on('message', (message: { done: number } | { vectors: Float32Array }) => {
      if ('vectors' in message) resolve(message.vectors);
      else console.log(`  window ${task.options.window}: ${Math.round(message.done * 100)} %`);
    });
  });
}
