import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openChunkQueue } from '../../src-main/queue/chunk-queue.ts';
import { startChunkWorker } from '../../src-main/queue/chunk-worker.ts';
import type { PairChunk } from '../../src-main/queue/pair-chunk.ts';
import { madeUpScore } from '../support/made-up-score.ts';
import { redisIsHere, startRedis } from '../support/redis-server.ts';
import { seededRandom } from '../support/seeded-random.ts';

const child = join(import.meta.dirname, '../support/queue-worker-child.ts');

function chunkOf(index: number, pairs = 20): PairChunk {
  return {
    anchors: Array.from({ length: pairs }, (_, at) => `anchor ${index} ${at % 3}`),
    targets: Array.from({ length: pairs }, (_, at) => `target ${index} ${at}`),
    contexts: [
      { symbol: 'A47', text: 'furniture' },
      { symbol: 'B01', text: 'processes' },
    ],
    context: Array.from({ length: pairs }, (_, at) => at % 2),
  };
}

function expected({ anchors, targets, contexts, context }: PairChunk): Float32Array {
  return Float32Array.from(anchors, (anchor, at) =>
    madeUpScore(anchor, targets[at]!, contexts[context[at]!]!.symbol),
  );
}

describe.runIf(redisIsHere)('a queue on Redis', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => void (redis = await startRedis()));
  afterAll(() => redis.stop());

  async function opened(hash: string, notes: string[] = []) {
    const pack = { id: 'test-scorer', hash };
    const onNote = (note: string): void => void notes.push(note);
    const queue = await openChunkQueue({ address: redis.address, pack, onNote, lookMs: 200 });
    onTestFinished(() => queue.close());
    return queue;
  }

  async function worker(hash: string, score?: (chunk: PairChunk) => Promise<Float32Array>) {
    const pack = { id: 'test-scorer', hash };
    const done: number[] = [];
    const started = await startChunkWorker({
      address: redis.address,
      pack,
      score: score ?? (async (chunk) => expected(chunk)),
      onChunk: (pairs) => void done.push(pairs),
    });
    onTestFinished(() => started.close());
    return { done, close: () => started.close() };
  }

  async function keysOf(hash: string): Promise<string[]> {
    const connection = new Redis(redis.address);
    onTestFinished(() => connection.disconnect());
    return connection.keys(`bull:priorphrase-${hash}:*`);
  }

  it('gives each chunk its own scores, whichever worker scores it', async () => {
    const queue = await opened('a1');
    const workers = [await worker('a1'), await worker('a1')];
    const chunks = Array.from({ length: 30 }, (_, index) => chunkOf(index));
    const scores = await Promise.all(chunks.map((chunk) => queue.score(chunk)));
    expect(scores).toEqual(chunks.map(expected));
    await expect.poll(() => workers.reduce((sum, { done }) => sum + done.length, 0)).toBe(30);
  });

  it('keeps none of the phrases in Redis when it is done', async () => {
    const queue = await opened('a2');
    await worker('a2');
    const chunk = chunkOf(1);
    await queue.score(chunk);
    const connection = new Redis(redis.address);
    onTestFinished(() => connection.disconnect());
    const dumps = await Promise.all((await keysOf('a2')).map((key) => connection.dumpBuffer(key)));
    expect(dumps.some((dump) => dump?.includes('target 1 1'))).toBe(false);
  });

  it('scores a chunk once that is asked for twice at once', async () => {
    const queue = await opened('a3');
    const [first, second] = [queue.score(chunkOf(1)), queue.score(chunkOf(1))];
    const { done } = await worker('a3');
    expect(await first).toEqual(expected(chunkOf(1)));
    expect(await second).toEqual(expected(chunkOf(1)));
    await queue.score(chunkOf(2));
    await expect.poll(() => done.length).toBe(2);
  });

  it('tells who is at the queue, and who has another pack', async () => {
    const notes: string[] = [];
    const queue = await opened('a4', notes);
    const scored = queue.score(chunkOf(1));
    await expect
      .poll(() => notes[0], { timeout: 5000 })
      .toMatch(/^No worker with the scorer test-scorer \(a4\)/);
    await worker('a4');
    await scored;
    expect(notes.length).toBeGreaterThan(0);
  });

  it('gives up on a chunk that the workers fail on, and says why', async () => {
    const queue = await opened('a5');
    await worker('a5', () => Promise.reject(new Error('the disk is on fire')));
    await expect(queue.score(chunkOf(1))).rejects.toMatchObject({
      code: 'engine-failed',
      message: expect.stringContaining('the disk is on fire'),
    });
  });

  it('refuses an answer that is no scores', async () => {
    const queue = await opened('a6');
    await worker('a6', async () => Float32Array.of(2));
    await expect(queue.score(chunkOf(1))).rejects.toMatchObject({ code: 'engine-failed' });
  });

  it('takes back a chunk that is cancelled', async () => {
    const queue = await opened('a7');
    const abort = new AbortController();
    const scored = queue.score(chunkOf(1), abort.signal);
    abort.abort();
    await expect(scored).rejects.toMatchObject({ code: 'cancelled' });
    const { done } = await worker('a7');
    await queue.score(chunkOf(2));
    await expect.poll(() => done.length).toBe(1);
  });

  it('adds a chunk again that Redis has lost', async () => {
    const queue = await opened('a8');
    const scored = queue.score(chunkOf(1));
    const connection = new Redis(redis.address);
    onTestFinished(() => connection.disconnect());
    await expect.poll(() => connection.exists('bull:priorphrase-a8:wait')).toBe(1);
    await connection.del(...(await keysOf('a8')).filter((key) => !key.endsWith(':events')));
    await worker('a8');
    expect(await scored).toEqual(expected(chunkOf(1)));
  });

  it('loses and doubles nothing while workers are killed', { timeout: 120_000 }, async () => {
    const queue = await opened('a9');
    const random = seededRandom(7);
    const living = new Set<ChildProcess>();
    onTestFinished(() => living.forEach((process) => process.kill('SIGKILL')));
    const start = (): ChildProcess => {
      const args = [child, redis.address, 'a9', '40'];
      const process = spawn(globalThis.process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      living.add(process);
      process.once('exit', () => living.delete(process));
      return process;
    };
    const ready = (process: ChildProcess) => once(process.stdout!, 'data');
    let workers = [start(), start()];
    await Promise.all(workers.map(ready));
    const chunks = Array.from({ length: 120 }, (_, index) => chunkOf(index));
    let answers = 0;
    const scores = Promise.all(
      chunks.map(async (chunk) => {
        const result = await queue.score(chunk);
        answers++;
        return result;
      }),
    );
    for (let kills = 0; kills < 4; kills++) {
      await new Promise((resolve) => setTimeout(resolve, 200 + random() * 600));
      const at = random() < 0.5 ? 0 : 1;
      workers[at]!.kill('SIGKILL');
      workers = workers.with(at, start());
      await ready(workers[at]!);
    }
    expect(await scores).toEqual(chunks.map(expected));
    expect(answers).toBe(chunks.length);
  });
});

describe('a queue that is not there', () => {
  it('is refused with its address, without the password', { timeout: 15_000 }, async () => {
    const pack = { id: 'test-scorer', hash: 'b1' };
    const opening = openChunkQueue({ address: 'redis://me:secret@127.0.0.1:1', pack });
    await expect(opening).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/redis:\/\/me:\*\*\*@127\.0\.0\.1:1.*Check that Redis runs/),
    });
  });
});
