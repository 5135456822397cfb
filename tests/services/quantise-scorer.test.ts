import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadPack } from '../../src-main/packs/load-pack.ts';
import { verifyPack } from '../../src-main/packs/verify-pack.ts';
import { builtGraph, makeEncoderPack } from '../engine/scoring/encoder/scorer-fixture.ts';
import { openTrainingApp } from '../support/training-app.ts';
import {
  labelRows,
  quickRecipe,
  temporaryFolder,
  writeTrainingFiles,
} from '../support/training-workspace.ts';

const never = new AbortController().signal;
const quiet = () => undefined;

async function openIn(folder: string) {
  const app = await openTrainingApp(join(folder, 'workspace'));
  onTestFinished(() => app.close());
  return app;
}

describe('quantising a scorer', { timeout: 60_000 }, () => {
  it('that was trained gives a smaller pack which scores nearly the same, measured on unseen anchors', async () => {
    const folder = temporaryFolder();
    const { labels, recipe } = writeTrainingFiles(folder, { recipe: { ...quickRecipe, epochs: 3 } });
    const app = await openIn(folder);
    const trained = join(folder, 'quick');
    const { rows, metrics } = await app.trainScorer(
      { labels, recipe, out: trained },
      { onProgress: quiet, signal: never },
    );
    const out = join(folder, 'quick-int8');
    const result = await app.quantiseScorer({ pack: 'quick', labels, out }, quiet, never);
    expect(result).toMatchObject({ accepted: true, rows: rows.heldOut, scorer: 'quick-int8', out });
    expect(result.split).toMatch(/labels\.csv whose anchors the scorer was not trained on/);
    expect(result.pearson.float).toBeCloseTo(metrics[0]?.value ?? NaN, 3);
    expect(result.bytes.int8).toBeLessThan(result.bytes.float / 2);
    expect((await verifyPack(out)).ok).toBe(true);
    const { hash, manifest } = await loadPack(out);
    expect(hash).toBe(result.hash);
    expect(hash).not.toBe((await loadPack(trained)).hash);
    expect(manifest).toMatchObject({ id: 'quick-int8', name: expect.stringMatching(/, 8 bits$/) as string });
    const unseen = await app.evaluateScorer({ labels, unseen: true, scorer: 'quick-int8' }, quiet, never);
    expect(unseen.pearson).toBeCloseTo(result.pearson.int8 ?? NaN, 4);
    await expect(app.quantiseScorer({ pack: 'quick', labels, out }, quiet, never)).rejects.toThrow('already');
  });

  it('of which Pearson would drop is refused with both figures, and nothing is left', async () => {
    const folder = temporaryFolder();
    const app = await openIn(folder);
    // A constant of a million in each column leaves the other weights no steps between 0 and themselves.
    const pack = await makeEncoderPack(
      'bert',
      await builtGraph('bert', (name, numbers, shape) => {
        if (/LayerNorm\.(weight|bias)$/.test(name)) numbers[0] = 0;
        if (!/(query|key|value|intermediate\.dense)\.weight$/.test(name)) return;
        for (let at = 0; at < numbers.length; at += shape[1] as number) numbers[at] = 1e6;
      }),
    );
    const pairs = join(folder, 'pairs.csv');
    writeFileSync(
      pairs,
      ['anchor,target,context', ...labelRows().map((row) => row.replace(/,[^,]*$/, '')), ''].join('\n'),
    );
    await app.addPack(pack);
    const scored = join(folder, 'scored.csv');
    const scoring = { input: pairs, output: scored, mode: 'pair', scorer: 'tiny-encoder' } as const;
    await app.scoreFile(scoring, { onProgress: quiet, signal: never });
    // The pack's own scores are the labels, so that its Pearson is 1.
    const labels = join(folder, 'labels.csv');
    writeFileSync(labels, readFileSync(scored, 'utf8'));
    const out = join(folder, 'out');
    const refused = app.quantiseScorer({ pack, labels, out }, quiet, never);
    await expect(refused).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        /is 1\.0000 with 32-bit weights and is 0\.\d+ with 8-bit .* no pack was made/,
      ) as string,
    });
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('is refused for what is no encoder', async () => {
    const folder = temporaryFolder();
    const { labels } = writeTrainingFiles(folder);
    const app = await openIn(folder);
    const quantise = (pack: string) =>
      app.quantiseScorer({ pack, labels, out: join(folder, 'x') }, quiet, never);
    await expect(quantise('scorer-trees-1')).rejects.toThrow('only encoders can be quantised');
    await expect(quantise('nobody')).rejects.toMatchObject({ code: 'pack-missing' });
    await expect(quantise(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'pack-missing' });
  });
});
