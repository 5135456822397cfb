import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLabelledRows } from '../../scripts/train-scorer/data/phrase-pairs.ts';
import { pearson, spearman } from '../../scripts/train-scorer/measures.ts';
import { createSession } from '../../src-main/engine/runtime/create-session.ts';
import { openFeatureTreesScorer } from '../../src-main/engine/scoring/feature-trees-scorer.ts';
import { asScorer, loadPack } from '../../src-main/packs/load-pack.ts';
import { verifyPack } from '../../src-main/packs/verify-pack.ts';
import { dataDir, dataFile } from '../support/data-dir.ts';

const folder = join(import.meta.dirname, '../../models/scorer-trees-1');

it('is whole and small', async () => {
  expect((await verifyPack(folder)).ok).toBe(true);
  const { manifest } = await loadPack(folder);
  const sizes = Object.values(manifest.files).map(({ bytes }) => bytes);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(12_000_000);
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(13_000_000);
});

it('names the splits and modes of its metrics', async () => {
  const { manifest } = asScorer(await loadPack(folder));
  expect(manifest.modes).toEqual(['pair', 'list']);
  expect(manifest.metrics.map(({ name, split, mode }) => `${name} ${split} ${mode}`)).toEqual(
    expect.arrayContaining(
      ['pair', 'list'].flatMap((mode) => [`pearson validation ${mode}`, `spearman validation ${mode}`]),
    ),
  );
});

const validation = dataFile('phrases/validation.csv');

it.skipIf(validation === null)(
  `gives on validation.csv the correlations that it claims${validation === null ? ' (skipped: no public data)' : ''}`,
  { timeout: 120_000 },
  async () => {
    const pack = asScorer(await loadPack(folder));
    const rows = await readLabelledRows(dataDir as string, 'validation');
    const scorer = await openFeatureTreesScorer(pack, createSession);
    for (const mode of ['pair', 'list'] as const) {
      const scores = await scorer.score(rows, mode);
      const claimed = (wanted: string) =>
        pack.manifest.metrics.find(
          (metric) => metric.name === wanted && metric.split === 'validation' && metric.mode === mode,
        )?.value;
      expect(pearson(scores, rows.labels)).toBeCloseTo(claimed('pearson') ?? NaN, 3);
      expect(spearman(scores, rows.labels)).toBeCloseTo(claimed('spearman') ?? NaN, 3);
      expect(claimed('pearson')).toBeGreaterThan(0.7);
    }
    await scorer.release();
  },
);

it.skipIf(validation === null)(
  `was tested on anchors that it never trained on${validation === null ? ' (skipped: no public data)' : ''}`,
  async () => {
    const anchorsOf = async (split: string) => {
      const text = await readFile(join(dataDir as string, 'phrases', `${split}.csv`), 'utf8');
      return new Set(text.split('\n').slice(1).map((line) => line.split(',')[0]).filter((anchor) => anchor !== ''));
    };
    const [train, held] = await Promise.all([anchorsOf('train'), anchorsOf('validation')]);
    expect([...held].filter((anchor) => train.has(anchor))).toEqual([]);
  },
);
