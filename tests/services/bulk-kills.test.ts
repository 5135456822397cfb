import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { killedRun, randomKills, wholeRun } from '../support/bulk/compare-bulk.ts';
import { seededRandom } from '../support/seeded-random.ts';

// bench/bulk-kills.ts does the same a hundred times over.
it(
  'ends in the same rows, scores and files when import, scoring and export are killed and resumed',
  { timeout: 240_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'priorphrase-kills-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const whole = await wholeRun(folder, 1500);
    // Sixteen rows of an unknown class, fifteen with a score off the scale, fifteen without a target.
    expect(whole.outcome).toMatchObject({ integrity: 'ok', pending: 0, sheets: 1, rows: 1454, bad: 46 });
    const random = seededRandom(3);
    const kills = [...randomKills(random, whole, 1), ...randomKills(random, whole, 1).slice(0, 2)];
    const order = ['library-import', 'score-file', 'score-sheet', 'export'];
    kills.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
    const killed = await killedRun(folder, 'killed', whole, kills);
    // On a machine that has become quicker meanwhile, a job may end before its kill.
    expect(killed.kills.length).toBeGreaterThan(0);
    expect(killed.different).toEqual([]);
  },
);
