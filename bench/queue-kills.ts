// Scores a made-up file through a Redis queue with two workers, kills a random one of them again and again, and compares
// the output with that of this machine alone: npm run bench -- queue-kills [kills] [rows] [seed]
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { redisIsHere, startRedis } from '../tests/support/redis-server.ts';
import { seededRandom } from '../tests/support/seeded-random.ts';
import { makeRows } from './import/make-rows.ts';

const wanted = Number(process.argv[2] ?? 20);
const rows = Number(process.argv[3] ?? 150_000);
const random = seededRandom(Number(process.argv[4] ?? 1));
const cli = resolve(import.meta.dirname, '../src-main/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-queue-'));

function run(name: string, args: readonly string[]): ChildProcess {
  const all = [cli, ...args, '--data-dir', join(folder, name)];
  return spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function score(
  name: string,
  more: readonly string[],
): Promise<{ readonly seconds: number; readonly bytes: Buffer }> {
  const output = join(folder, `${name}.csv`);
  const started = performance.now();
  const child = run(name, ['score', join(folder, 'rows.csv'), output, ...more]);
  let said = '';
  child.stdout?.on('data', (text: Buffer) => (said += String(text)));
  child.stderr?.on('data', (text: Buffer) => (said += String(text)));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`score ended with ${code}: ${said}`);
  return { seconds: (performance.now() - started) / 1000, bytes: readFileSync(output) };
}

let workers = 0;
async function startWorker(address: string): Promise<ChildProcess> {
  const child = run(`worker-${++workers}`, ['worker', '--queue', address]);
  child.stdout?.resume();
  await once(child.stderr!, 'data');
  return child;
}

if (!redisIsHere) process.exit(1);
const redis = await startRedis();
const living: ChildProcess[] = [];
try {
  await makeRows(join(folder, 'rows.csv'), { rows, anchors: 2000 });
  const alone = await score('alone', []);
  console.log(`Alone: ${rows} rows in ${alone.seconds.toFixed(1)} s.`);
  let kills = 0;
  let runs = 0;
  let same = 0;
  while (kills < wanted) {
    living.push(await startWorker(redis.address), await startWorker(redis.address));
    let ended = false;
    const scored = score(`queued-${++runs}`, ['--queue', redis.address]).finally(() => (ended = true));
    scored.catch(() => undefined);
    while (!ended && kills < wanted) {
      await new Promise((done) => setTimeout(done, 500 + random() * 4000));
      if (ended) break;
      const [victim] = living.splice(random() < 0.5 ? 0 : 1, 1);
      victim?.kill('SIGKILL');
      kills++;
      living.push(await startWorker(redis.address));
    }
    const queued = await scored;
    if (queued.bytes.equals(alone.bytes)) same++;
    console.log(
      `Run ${runs}: ${queued.seconds.toFixed(1)} s, ${kills} kills so far, same bytes: ${queued.bytes.equals(alone.bytes)}`,
    );
    for (const child of living.splice(0)) child.kill('SIGKILL');
  }
  console.log(
    `${kills} workers killed in ${runs} runs of ${rows} rows; ${same} of ${runs} outputs are byte for byte that of one machine alone.`,
  );
  if (same !== runs) process.exitCode = 1;
} finally {
  for (const child of living) child.kill('SIGKILL');
  await redis.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
