import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { groupFeatures, groupOf, listFitOf, listScore } from '../../src-main/contract/list-score.ts';
import { scoreFile } from '../../src-main/services/score-file.ts';
import { fakeScore } from '../support/fake-engine.ts';
import { memoryStore } from '../support/memory-store.ts';
import { scoringFixture, type ScoringFixture } from '../support/scoring-fixture.ts';

function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'priorphrase-list-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Scores rows without a quote in list mode and gives the added cells of each row by its first cells. */
async function listScores(made: ScoringFixture, rows: readonly string[]): Promise<string[][]> {
  const folder = folderOfTest();
  const scoring = { input: join(folder, 'in.csv'), output: join(folder, 'out.csv'), mode: 'list' } as const;
  writeFileSync(scoring.input, ['anchor,target,context', ...rows, ''].join('\n'));
  const line = { jobId: 1, checkpoint: null, save: () => {} };
  await scoreFile(made.context, scoring, () => {}, undefined, line);
  const lines = readFileSync(scoring.output, 'utf8').trimEnd().split('\n').slice(1);
  return lines.map((text) => text.split(','));
}

describe('list mode', () => {
  it('scores each pair among the distinct targets of its anchor and class, over the whole file', async () => {
    const made = scoringFixture({ store: memoryStore() });
    const targets = ['water', 'water pump', 'water pumps', 'pump', 'hot water', 'nothing alike'];
    const rows = [
      ...targets.map((target) => `water pump,${target},A47`),
      'water pump,water,B01',
      // Said again in other words, in another place of the file.
      ...targets.toReversed().map((target) => `Water  Pump,${target.toUpperCase()},A47B1/00`),
    ];
    const found = await listScores(made, rows);
    const fit = listFitOf((await made.context.packs.scorer()).manifest)!;
    const pairs = targets.map((target) => Math.fround(fakeScore('water pump', target, 'A47')));
    const group = groupOf(Float64Array.from(pairs).sort());
    const expected = pairs.map((pair) => String(Number(listScore(fit, pair, group).toFixed(6))));
    expect(found.slice(0, 6).map((cells) => cells[3])).toEqual(expected);
    expect(found.slice(7).map((cells) => cells[3])).toEqual(expected.toReversed());
    // Alone in its group, a pair keeps its score.
    const alone = Math.fround(fakeScore('water pump', 'water', 'B01'));
    expect(found[6]?.[3]).toBe(String(Number(alone.toFixed(6))));
    expect(groupFeatures(Float64Array.from(pairs)).z.some((z) => z !== 0)).toBe(true);
  });

  it('gives a row the same score whatever the order of the rows, and however often they are repeated', async () => {
    const made = scoringFixture({ store: memoryStore() });
    const words = ['valve', 'pipe', 'valve seat', 'pipe bend', 'seal', 'sealing ring', 'ring'];
    const row = fc
      .tuple(fc.constantFrom(...words), fc.constantFrom(...words), fc.constantFrom('A47', 'F16', 'nothing'))
      .map((cells) => cells.join(','));
    const orders = fc.array(row, { minLength: 1, maxLength: 60 }).chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc
          .shuffledSubarray([...rows.keys(), ...rows.keys()], { minLength: rows.length })
          .filter((order) => new Set(order).size === rows.length),
      ),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([rows, order]) => {
        const straight = await listScores(made, rows);
        const mixed = await listScores(
          made,
          order.map((at) => rows[at]!),
        );
        expect(mixed).toEqual(order.map((at) => straight[at]));
      }),
      { numRuns: 25 },
    );
  });

  it('keeps no list score in the cache of pair scores', async () => {
    const made = scoringFixture({ store: memoryStore() });
    await listScores(made, ['a b,b c,A47', 'a b,c d,A47', 'a b,a,A47']);
    expect(made.store.values('SELECT DISTINCT mode FROM score_set')).toEqual(['pair']);
    expect(made.store.value<number>('SELECT count(*) FROM score')).toBe(3);
  });

  it('goes on where it was stopped while it wrote', async () => {
    const folder = folderOfTest();
    const scoring = { input: join(folder, 'in.csv'), output: join(folder, 'out.csv'), mode: 'list' } as const;
    const rows = Array.from({ length: 6000 }, (_, at) => `anchor ${at % 7},target ${at % 501},A47`);
    writeFileSync(scoring.input, ['anchor,target,context', ...rows, ''].join('\n'));
    const made = scoringFixture({ store: memoryStore() });
    const calm = { ...scoring, output: join(folder, 'calm.csv') };
    await scoreFile(made.context, calm, () => {}, undefined, { jobId: 1, checkpoint: null, save: () => {} });

    const stop = new AbortController();
    let saved: unknown = null;
    const line = { jobId: 2, checkpoint: null, save: (checkpoint: unknown) => void (saved = checkpoint) };
    const onProgress = (done: number, _: number | null, stage: string): void => {
      if (stage === 'Writing' && done >= 1000) stop.abort();
    };
    const stopped = scoreFile(made.context, scoring, onProgress, stop.signal, line);
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const { rows: done } = saved as { rows: number };
    expect(done).toBeGreaterThanOrEqual(1000);
    expect(done).toBeLessThan(6000);
    const again = { jobId: 2, checkpoint: saved, save: () => {} };
    expect(await scoreFile(made.context, scoring, () => {}, undefined, again)).toMatchObject({
      rows: 6000,
      scored: 6000,
      anew: null,
    });
    expect(readFileSync(scoring.output, 'utf8')).toBe(readFileSync(calm.output, 'utf8'));
  });
});
