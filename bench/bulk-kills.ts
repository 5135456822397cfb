// Kills a chain of jobs (import, scoring of a file, scoring of a sheet, export) with SIGKILL at random moments until a
// number of kills, resumes after each, and compares what comes out with a run that was not killed:
// npm run bench -- bulk-kills [kills] [rows] [seed]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killedRun, randomKills, wholeRun } from '../tests/support/bulk/compare-bulk.ts';
import { bulkKinds } from '../tests/support/bulk/run-bulk.ts';
import { seededRandom } from '../tests/support/seeded-random.ts';

const wanted = Number(process.argv[2] ?? 100);
const rows = Number(process.argv[3] ?? 20_000);
const random = seededRandom(Number(process.argv[4] ?? 1));
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-kills-'));
try {
  const whole = await wholeRun(folder, rows);
  const took = [...whole.took].map(([kind, ms]) => `${kind} ${(ms / 1000).toFixed(1)} s`).join(', ');
  console.log(
    `Undisturbed, ${rows.toLocaleString('en')} rows: ${took}; integrity ${whole.outcome['integrity']}.`,
  );
  const fallen = new Map<string, number>(bulkKinds.map((kind) => [kind, 0]));
  let [kills, runs, same] = [0, 0, 0];
  while (kills < wanted) {
    const name = `killed-${++runs}`;
    const run = await killedRun(folder, name, whole, randomKills(random, whole, 2));
    kills += run.kills.length;
    for (const { kind } of run.kills) fallen.set(kind, (fallen.get(kind) ?? 0) + 1);
    if (run.different.length === 0) {
      same++;
      rmSync(join(folder, name), { recursive: true });
    } else
      console.log(
        `Run ${runs} came out different: ${run.different.join(', ')}; kills ${JSON.stringify(run.kills)}`,
      );
    console.log(`${kills} kills in ${runs} runs`);
  }
  const where = [...fallen].map(([kind, count]) => `${count} in ${kind}`).join(', ');
  console.log(
    `${kills} kills (${where}) in ${runs} runs; ${same} of ${runs} ended like the undisturbed one.`,
  );
  if (same !== runs) process.exitCode = 1;
} finally {
  if (process.exitCode !== 1) rmSync(folder, { recursive: true, force: true });
  else console.log(`What is different lies in ${folder}.`);
}
