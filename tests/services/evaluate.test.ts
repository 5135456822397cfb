import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ScorerManifest } from '../../src-main/contract/pack.ts';
import { evaluateScorer } from '../../src-main/services/evaluate.ts';
import { listScoresOf } from '../../src-main/services/evaluate-lists.ts';
import { calibrationTable, confusionOf } from '../../src-main/services/evaluate-tables.ts';
import { anchorHash } from '../../src-main/services/labels.ts';
import { fakeScore } from '../support/fake-engine.ts';
import { lookupFixture } from '../support/lookup-fixture.ts';
import { temporaryFolder } from '../support/training-workspace.ts';

const rows = [
  'lamp,lamp,A47,1',
  'lamp,zebra,A47,0',
  'pump,pumps,A47,0.75',
  'pump,water pump,A47,0.5',
  'valve,x,A47,0',
];

function fixture(trainingAnchors: readonly string[] | null) {
  const made = lookupFixture();
  onTestFinished(() => made.store.close());
  const config = JSON.stringify({ priorphrase: { trainingAnchors: trainingAnchors?.map(anchorHash) } });
  const packs = {
    ...made.context.packs,
    scorer: async () => {
      const pack = await made.context.packs.scorer();
      const manifest = { ...pack.manifest, files: { 'config.json': {} } } as unknown as ScorerManifest;
      return { ...pack, manifest, read: async () => new TextEncoder().encode(config) };
    },
  };
  const labels = join(temporaryFolder(), 'labels.csv');
  writeFileSync(labels, ['anchor,target,context,score', ...rows, rows[0], ''].join('\n'));
  return { ...made, context: { ...made.context, packs }, labels };
}

describe('evaluateScorer', () => {
  it('compares scores with labels, each distinct pair once', async () => {
    const { context, labels } = fixture(['pump', 'unknown']);
    const result = await evaluateScorer(context, { labels, unseen: false });
    expect(result).toMatchObject({
      scorer: 'scorer-fake',
      mode: 'pair',
      split: 'all rows',
      rows: 5,
      anchors: 3,
      file: { rows: 6, leftOut: 0, merged: 1 },
      trainedOn: { anchors: 1, rows: 2 },
    });
    expect(result.pearson).toBeGreaterThan(0.8);
    expect(result.confusion[4]).toEqual([0, 0, 0, 0, 1]);
    expect(result.confusion[0]?.reduce((sum, count) => sum + count, 0)).toBe(2);
    const top = result.calibration.at(-1);
    expect(top).toMatchObject({ from: 0.9, to: 1, rows: 1, meanLabel: 1 });
    expect(top?.meanScore).toBeCloseTo(fakeScore('lamp', 'lamp', 'A47'), 6);
  });

  it('evaluates list scores on request, and names the mode', async () => {
    const { context, labels } = fixture(null);
    const packs = {
      ...context.packs,
      scorer: async () => {
        const pack = await context.packs.scorer();
        const list = { intercept: 0.1, pair: 0, z: 0, rank: 0.2, mean: 0, shrink: 1 };
        const manifest = { ...pack.manifest, family: 'feature-trees', list } as unknown as ScorerManifest;
        return { ...pack, manifest };
      },
    };
    const pair = await evaluateScorer(context, { labels, unseen: false });
    const found = await evaluateScorer({ ...context, packs }, { labels, unseen: false, mode: 'list' });
    expect(found).toMatchObject({ mode: 'list', rows: 5, anchors: 3 });
    expect(found.pearson).not.toBe(pair.pearson);
    // A pair alone with its anchor keeps its pair score.
    const [alone] = listScoresOf(
      { intercept: 0.1, pair: 0, z: 0, rank: 0.2, mean: 0, shrink: 1 },
      [{ anchor: 'valve', target: 'x', symbol: 'A47', contextText: '', score: 0, rating: null }],
      [0.3],
    );
    expect(alone).toBe(0.3);
  });

  it('refuses list mode of a scorer without a list fit', async () => {
    const { context, labels } = fixture(null);
    await expect(evaluateScorer(context, { labels, unseen: false, mode: 'list' })).rejects.toThrow(
      'has no list mode',
    );
  });

  it('leaves out the anchors that the scorer was trained on', async () => {
    const { context, labels, engine } = fixture(['pump', 'lamp']);
    const result = await evaluateScorer(context, { labels, unseen: true });
    expect(result).toMatchObject({ rows: 1, anchors: 1, pearson: null, trainedOn: { anchors: 2, rows: 4 } });
    expect(engine.asked.map((call) => call.rows)).toEqual([1]);
  });

  it('says where it can not tell what the scorer was trained on, or where nothing is left', async () => {
    const silent = fixture(null);
    await expect(evaluateScorer(silent.context, { labels: silent.labels, unseen: true })).rejects.toThrow(
      'does not say which anchors',
    );
    expect(
      (await evaluateScorer(silent.context, { labels: silent.labels, unseen: false })).trainedOn,
    ).toBeNull();
    const all = fixture(['lamp', 'pump', 'valve']);
    await expect(evaluateScorer(all.context, { labels: all.labels, unseen: true })).rejects.toThrow(
      'nothing left',
    );
  });
});

describe('the tables of an evaluation', () => {
  it('count ratings against ratings', () => {
    expect(confusionOf([0, 4, 4], [0, 4, 2])).toEqual([
      [1, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 1, 0, 1],
    ]);
  });

  it('put a score of 1 into the last tenth', () => {
    const table = calibrationTable([0, 0.05, 1], [0, 1, 1]);
    expect(table.map(({ rows: count }) => count)).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(table[0]).toMatchObject({ meanScore: 0.025, meanLabel: 0.5 });
    expect(table[1]).toMatchObject({ meanScore: null, meanLabel: null });
  });
});
