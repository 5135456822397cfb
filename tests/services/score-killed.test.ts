import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { ScoreMode } from '../../src-main/contract/job.ts';
import type { FileScoringSpec } from '../../src-main/services/score-jobs.ts';
import { startFileScoring } from '../../src-main/services/start-file-scoring.ts';
import { openStore } from '../../src-main/store/open.ts';
import { scoringFixture } from '../support/scoring-fixture.ts';
import { seededRandom } from '../support/seeded-random.ts';

const child = join(import.meta.dirname, '../support/score-child.ts');

/** Rows of a few anchors in no order, some twice, some that can't be scored. */
function rows(count: number): string {
  const random = seededRandom(5);
  const some = (most: number): number => Math.floor(random() * most);
  const lines = Array.from({ length: count }, () => {
    const symbol = some(50) === 0 ? 'nothing' : `A${10 + some(3)}`;
    return `anchor ${some(12)},target ${some(900)} of something,${symbol},"note, ${some(9)}"`;
  });
  return ['anchor,target,context,note', ...lines, ''].join('\n');
}

it.each<[ScoreMode, number]>([
  ['pair', 3],
  ['list', 3],
])(
  'ends in the bytes of an undisturbed run in mode %s though it is killed again and again',
  { timeout: 120_000 },
  async (mode, kills) => {
    const folder = mkdtempSync(join(tmpdir(), 'priorphrase-killed-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const input = join(folder, 'in.csv');
    writeFileSync(input, rows(9000));
    const undisturbed = join(folder, 'undisturbed.csv');
    const calm = openStore(join(folder, 'calm.sqlite'));
    const fixture = scoringFixture({ store: calm });
    await startFileScoring(calm, fixture.runner, { input, output: undisturbed, mode }).finished;
    calm.close();

    const database = join(folder, 'workspace.sqlite');
    const spec: FileScoringSpec = { input, output: join(folder, 'out.csv'), mode };
    const random = seededRandom(mode === 'pair' ? 1 : 2);
    for (let kill = 0; kill < kills; kill++) {
      const running = spawn(process.execPath, [child, database, JSON.stringify(spec)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(running, 'exit');
      await once(running.stdout, 'data');
      running.stdout.resume();
      await sleep(200 + 1000 * random());
      running.kill('SIGKILL');
      expect(await ended).toEqual([null, 'SIGKILL']);
      expect(readdirSync(folder).some((name) => name === 'out.csv')).toBe(false);
    }

    const store = openStore(database);
    onTestFinished(() => store.close());
    const { runner } = scoringFixture({ store });
    runner.recover();
    const [job] = runner.list();
    expect(job).toMatchObject({ kind: 'score-file', state: 'paused' });
    const result = await startFileScoring(store, runner, spec).finished;
    expect(result).toMatchObject({ rows: 9000, anew: null });
    expect(runner.list()).toHaveLength(1);
    expect(readFileSync(spec.output).equals(readFileSync(undisturbed))).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  },
);
