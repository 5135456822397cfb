// Kills training processes at random points until a number of kills, resumes after each, and compares what comes out with runs that
// were not killed: npm run bench -- train-kills [kills] [seed]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Generator } from '../src-main/engine/training/random/generator.ts';
import { trainedWeights, trainInChild } from '../tests/engine/training/killed-training.ts';

const wanted = Number(process.argv[2] ?? 50);
const generator = Generator.seeded(Number(process.argv[3] ?? 1));
const folder = await mkdtemp(join(tmpdir(), 'priorphrase-kills-'));
try {
  await trainInChild(join(folder, 'whole'), null);
  const expected = trainedWeights(join(folder, 'whole'));
  let [kills, runs, same] = [0, 0, 0];
  while (kills < wanted) {
    const broken = join(folder, `broken-${runs}`);
    runs++;
    // A few kills a run, then to the end.
    for (let i = 0; i < 5 && kills < wanted; i++) {
      const { finished } = await trainInChild(broken, generator.below(400));
      if (finished) break;
      kills++;
    }
    await trainInChild(broken, null);
    if (trainedWeights(broken).equals(expected)) same++;
    else console.log(`Run ${runs} came out different.`);
  }
  console.log(
    `${kills} kills in ${runs} runs; ${same} of ${runs} ended in the same weights to the last bit.`,
  );
  if (same !== runs) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
