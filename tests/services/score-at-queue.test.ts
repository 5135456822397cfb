import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRealApp, type RealApp } from '../support/real-app.ts';
import { redisIsHere, startRedis } from '../support/redis-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-at-queue-'));
const input = join(folder, 'in.csv');

function rows(count: number): string {
  const lines = Array.from({ length: count }, (_, at) => {
    // Every fiftieth row can't be scored.
    const context = at % 50 === 49 ? 'Q99' : `A${['01', '47', '61'][at % 3]}`;
    return `${at},coffee mill ${at % 7},grinder part ${(at * 13) % 1500},${context}`;
  });
  return ['id,anchor,target,context', ...lines, ''].join('\r\n');
}

describe.runIf(redisIsHere)('a file scored by the workers at a queue', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let here: RealApp;
  let there: RealApp;
  const leave = new AbortController();
  let working: Promise<void>;
  const scoredThere: number[] = [];

  beforeAll(async () => {
    writeFileSync(input, rows(5000));
    redis = await startRedis();
    here = await openRealApp(join(folder, 'here'));
    there = await openRealApp(join(folder, 'there'));
    const ready = Promise.withResolvers<unknown>();
    working = there.app.workQueue({
      queue: redis.address,
      signal: leave.signal,
      onReady: ready.resolve,
      onChunk: (pairs, error) => void (error === null && scoredThere.push(pairs)),
    });
    await ready.promise;
  }, 60_000);

  afterAll(async () => {
    leave.abort();
    await working;
    await Promise.all([here.app.close(), there.app.close()]);
    await redis.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }, 60_000);

  it.each(['pair', 'list'] as const)(
    'in mode %s is that of this machine alone',
    { timeout: 60_000 },
    async (mode) => {
      const line = { onProgress: () => {}, signal: new AbortController().signal };
      const output = join(folder, `${mode}-queue.csv`);
      // The password is asked for by no server here; it must not be stored all the same.
      const queue = redis.address;
      const result = await here.app.scoreFile({ input, output, mode, queue }, line);
      expect(result).toMatchObject({ rows: 5000, scored: 4900, failed: 100 });
      expect(scoredThere.length).toBeGreaterThan(0);
      expect(here.engines()).toBe(0);
      const alone = await openRealApp(join(folder, `alone-${mode}`));
      await alone.app.scoreFile({ input, output: `${output}.alone.csv`, mode }, line);
      await alone.app.close();
      expect(readFileSync(output).equals(readFileSync(`${output}.alone.csv`))).toBe(true);
    },
  );

  it('leaves the password of the queue out of the workspace', async () => {
    const queue = redis.address.replace('//', '//me:hush-hush@');
    const line = { onProgress: () => {}, signal: new AbortController().signal };
    const output = join(folder, 'secret.csv');
    await here.app.scoreFile({ input, output, mode: 'pair', queue }, line).catch(() => undefined);
    const files = ['priorphrase.db', 'priorphrase.db-wal'].map((name) => join(folder, 'here', name));
    for (const file of files) expect(readFileSync(file).includes('hush-hush')).toBe(false);
    const jobs = await here.call('jobs.list', {});
    expect(jobs[0]).toMatchObject({ kind: 'score-file' });
  });

  it('refuses an address that is none before anything is read', async () => {
    const line = { onProgress: () => {}, signal: new AbortController().signal };
    const scoring = here.app.scoreFile(
      { input, output: join(folder, 'x.csv'), mode: 'pair', queue: 'host' },
      line,
    );
    await expect(scoring).rejects.toMatchObject({ code: 'bad-input' });
  });
});
