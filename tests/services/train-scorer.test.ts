import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { JobEntry } from '../../src-main/contract/job.ts';
import { loadPack } from '../../src-main/packs/load-pack.ts';
import { verifyPack } from '../../src-main/packs/verify-pack.ts';
import type { FileApp } from '../../src-main/services/app.ts';
import type { TrainingResult } from '../../src-main/services/train-scorer.ts';
import { openStore } from '../../src-main/store/open.ts';
import { runOfJob, runPredictions } from '../../src-main/store/tables/run.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { openTrainingApp } from '../support/training-app.ts';
import {
  labelRows,
  quickRecipe,
  temporaryFolder,
  weightsHash,
  writeTrainingFiles,
} from '../support/training-workspace.ts';

const never = new AbortController().signal;
const quiet = () => undefined;

async function openIn(folder: string): Promise<FileApp> {
  const app = await openTrainingApp(join(folder, 'workspace'));
  onTestFinished(() => app.close());
  return app;
}

/** A finished training in a folder of its own. */
async function trained(settings: Parameters<typeof writeTrainingFiles>[1] = {}) {
  const folder = temporaryFolder();
  const { labels, recipe } = writeTrainingFiles(folder, settings);
  const app = await openIn(folder);
  const out = join(folder, 'quick-pack');
  const jobs: JobEntry[] = [];
  const line = { onProgress: quiet, signal: never, onJob: (job: JobEntry) => void jobs.push(job) };
  const result = await app.trainScorer({ labels, recipe, out }, line);
  return { folder, labels, recipe, app, out, jobs, result };
}

describe('trainScorer', { timeout: 120_000 }, () => {
  it('makes a sound pack of labels that scores what it has learnt', async () => {
    const { folder, labels, app, out, jobs, result } = await trained();
    const { history, metrics, rows, anchors } = result;
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss * 0.8);
    expect([rows.training + rows.heldOut, anchors]).toEqual([200, { training: 17, heldOut: 3 }]);
    expect(metrics.map(({ name, mode, rows: count }) => [name, mode, count])).toEqual([
      ['pearson', 'pair', rows.heldOut],
      ['spearman', 'pair', rows.heldOut],
    ]);

    expect(await verifyPack(out)).toMatchObject({ ok: true });
    const { manifest } = await loadPack(out);
    expect(manifest).toMatchObject({
      id: 'quick-pack',
      family: 'encoder',
      metrics,
      output: { activation: 'sigmoid', ratingCuts: [0.125, 0.375, 0.625, 0.875] },
      licence: "Not stated: trained on the user's own labels (labels.csv)",
      provenance: { seed: 42, data: [{ name: 'labels.csv', licence: "the user's own labels" }] },
    });
    expect(manifest.provenance.data[0]?.source).toContain(result.dataHash);

    const all = await app.evaluateScorer({ labels, unseen: false, scorer: 'quick-pack' }, quiet, never);
    expect(all).toMatchObject({ rows: 200, anchors: 20, trainedOn: { anchors: 17, rows: rows.training } });
    expect(all.pearson).toBeGreaterThan(0.5);
    // The pack's claim, given again by the command that it names.
    const unseen = await app.evaluateScorer({ labels, unseen: true, scorer: 'quick-pack' }, quiet, never);
    expect(unseen.rows).toBe(rows.heldOut);
    expect(unseen.pearson).toBeCloseTo(metrics[0]!.value, 3);
    expect(unseen.spearman).toBeCloseTo(metrics[1]!.value, 3);

    const scored = join(folder, 'scored.csv');
    const file = await app.scoreFile(
      { input: labels, output: scored, mode: 'pair', scorer: 'quick-pack' },
      { onProgress: quiet, signal: never },
    );
    expect(file).toMatchObject({ scored: 200, failed: 0 });

    expect(jobs.some(({ training }) => (training?.history.length ?? 0) > 0)).toBe(true);
    expect(jobs.at(-1)).toMatchObject({ kind: 'train', state: 'done' });
    expect(readdirSync(join(folder, 'workspace/runs'))).toEqual([]);

    await app.close();
    const store = openStore(join(folder, 'workspace/priorphrase.db'));
    onTestFinished(() => store.close());
    const run = runOfJob(store, jobs.at(-1)!.id);
    expect(run).toMatchObject({ seed: 42, dataHash: result.dataHash, metrics: { metrics, history } });
    expect(run?.finishedAt).not.toBeNull();
    expect(runPredictions(store, run!.id)).toHaveLength(rows.heldOut);
  });

  it('tells that the device asked for cannot be used, while it trains and with what came of it', async () => {
    const { jobs, result } = await trained({ recipe: { ...quickRecipe, epochs: 1, device: 'coreml' } });
    const device = { asked: 'coreml', used: 'cpu', reason: expect.stringContaining('backend not found') };
    expect(result.device).toEqual(device);
    expect(jobs.find(({ training }) => training !== undefined)?.training?.device).toEqual(device);
  });

  it('gives the same split and the same weights for the rows in any order', async () => {
    const random = seededRandom(5);
    const shuffled = labelRows()
      .map((row) => ({ row, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ row }) => row);
    const [first, second] = [await trained(), await trained({ rows: shuffled })];
    expect(weightsHash(second.out)).toBe(weightsHash(first.out));
    expect(second.result).toEqual({ ...first.result, out: second.out });
    expect(readFileSync(join(second.out, 'config.json'), 'utf8')).toBe(
      readFileSync(join(first.out, 'config.json'), 'utf8'),
    );
  });

  it('is cancelled with its checkpoint kept, and resumed to the same weights', async () => {
    const whole = await trained();
    const folder = temporaryFolder();
    const { labels, recipe } = writeTrainingFiles(folder);
    const app = await openIn(folder);
    const out = join(folder, 'quick-pack');
    const abort = new AbortController();
    const jobs: JobEntry[] = [];
    const onJob = (entry: JobEntry): void => {
      jobs.push(entry);
      if ((entry.training?.history.length ?? 0) > 1) abort.abort();
    };
    const line = { onProgress: quiet, signal: abort.signal, onJob };
    await expect(app.trainScorer({ labels, recipe, out }, line)).rejects.toMatchObject({ code: 'cancelled' });
    // It is shown as being cancelled until the engine has saved its last step.
    expect(jobs.at(-2)).toMatchObject({ state: 'running', stopping: 'cancelled' });
    expect(jobs.at(-1)).toMatchObject({ state: 'cancelled', stopping: null });
    const [job] = ((await app.dispatch('jobs.list', {})) as { value: JobEntry[] }).value;
    expect(job).toMatchObject({ kind: 'train', state: 'cancelled' });
    expect(existsSync(out)).toBe(false);

    const again: JobEntry[] = [];
    const { kind, result } = await app.resumeJob({
      id: job!.id,
      onProgress: quiet,
      signal: never,
      onJob: (entry) => void again.push(entry),
    });
    expect(kind).toBe('train');
    // It went on and did not start anew: the first report knows of finished epochs.
    expect(again.find(({ training }) => training !== undefined)?.training?.history.length).toBeGreaterThan(0);
    expect((result as TrainingResult).history).toEqual(whole.result.history);
    expect(weightsHash(out)).toBe(weightsHash(whole.out));
  });

  it('leaves no checkpoint behind when its job is taken out of the list', async () => {
    const folder = temporaryFolder();
    const { labels, recipe } = writeTrainingFiles(folder, { recipe: { ...quickRecipe, epochs: 40 } });
    const app = await openIn(folder);
    const abort = new AbortController();
    const onJob = ({ training }: JobEntry): void => {
      if ((training?.history.length ?? 0) > 1) abort.abort();
    };
    const line = { onProgress: quiet, signal: abort.signal, onJob };
    await expect(app.trainScorer({ labels, recipe, out: join(folder, 'x') }, line)).rejects.toMatchObject({
      code: 'cancelled',
    });
    const runs = join(folder, 'workspace/runs');
    const [run = ''] = readdirSync(runs);
    expect(readdirSync(join(runs, run, 'checkpoints')).length).toBeGreaterThan(0);
    const [job] = ((await app.dispatch('jobs.list', {})) as { value: JobEntry[] }).value;
    expect(await app.dispatch('jobs.remove', { id: job!.id })).toMatchObject({ ok: true });
    await app.close();
    expect(readdirSync(runs)).toEqual([]);
  });

  it('ends the same when its process was killed and the labels are gone', async () => {
    const recipe = { ...quickRecipe, epochs: 12 };
    const whole = await trained({ recipe });
    const folder = temporaryFolder();
    const files = writeTrainingFiles(folder, { recipe });
    const out = join(folder, 'quick-pack');
    const child = spawn(
      process.execPath,
      [
        join(import.meta.dirname, '../support/train-child.ts'),
        join(folder, 'workspace'),
        files.labels,
        files.recipe,
        out,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) {
      if (((JSON.parse(line) as JobEntry).training?.history.length ?? 0) > 2) break;
    }
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    writeFileSync(files.labels, 'nothing');

    const app = await openIn(folder);
    const [job] = ((await app.dispatch('jobs.list', {})) as { value: JobEntry[] }).value;
    expect(job).toMatchObject({ kind: 'train', state: 'paused' });
    const { result } = await app.resumeJob({ id: job!.id, onProgress: quiet, signal: never });
    expect(result).toEqual({ ...whole.result, out });
    expect(weightsHash(out)).toBe(weightsHash(whole.out));
  });

  it('trains the encoder of a pack further, and remembers what that one had seen', async () => {
    const { folder, app } = await trained();
    const more = join(folder, 'more');
    mkdirSync(more);
    const { labels, recipe } = writeTrainingFiles(more, {
      rows: labelRows().map((row) => row.replace(/^(\w+)/, '$1 new')),
      recipe: { ...quickRecipe, encoder: { kind: 'pack', id: 'quick-pack' }, epochs: 1, loss: 'mse' },
    });
    const out = join(folder, 'further');
    const { scorer, history } = await app.trainScorer(
      { labels, recipe, out, licence: 'CC-BY-4.0' },
      { onProgress: quiet, signal: never },
    );
    expect([scorer, history.length]).toEqual(['further', 1]);
    const { manifest } = await loadPack(out);
    expect(manifest).toMatchObject({ licence: 'CC-BY-4.0', output: { activation: 'identity' } });
    const old = join(folder, 'labels.csv');
    const seen = await app.evaluateScorer({ labels: old, unseen: false, scorer: 'further' }, quiet, never);
    expect(seen.trainedOn?.anchors).toBe(17);
  });

  it('stops at a loss that is no number, names the batch by its phrases and keeps what there was', async () => {
    const { folder, app, out } = await trained();
    const broken = join(folder, 'broken');
    cpSync(out, broken, { recursive: true });
    const weights = readFileSync(join(broken, 'model.safetensors'));
    weights.fill(0xff, weights.length - 64);
    writeFileSync(join(broken, 'model.safetensors'), weights);
    const more = join(folder, 'more');
    mkdirSync(more);
    const { labels, recipe } = writeTrainingFiles(more, {
      recipe: { ...quickRecipe, encoder: { kind: 'folder', path: broken } },
    });
    const training = app.trainScorer(
      { labels, recipe, out: join(folder, 'x1') },
      { onProgress: quiet, signal: never },
    );
    await expect(training).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(
        /not a finite number at step 1 \(epoch 1\), in the batch of ".+" and ".+" in (A47|F04)/,
      ) as string,
    });
    expect(existsSync(join(folder, 'x1'))).toBe(false);

    // With the cause mended, the same job ends well.
    cpSync(join(out, 'model.safetensors'), join(broken, 'model.safetensors'));
    const [job] = ((await app.dispatch('jobs.list', {})) as { value: JobEntry[] }).value;
    expect(job).toMatchObject({ kind: 'train', state: 'failed' });
    await app.resumeJob({ id: job!.id, onProgress: quiet, signal: never });
    expect(existsSync(join(folder, 'x1'))).toBe(true);
  });

  it('refuses before it begins what cannot end well', async () => {
    const folder = temporaryFolder();
    const { labels, recipe } = writeTrainingFiles(folder);
    const app = await openIn(folder);
    const line = { onProgress: quiet, signal: never };
    const train = (input: Partial<Parameters<FileApp['trainScorer']>[0]>) =>
      app.trainScorer({ labels, recipe, out: join(folder, 'new'), ...input }, line);
    await expect(train({ out: folder })).rejects.toMatchObject({ code: 'conflict' });
    await expect(train({ out: join(folder, 'no/where') })).rejects.toThrow('does not exist');
    await expect(train({ recipe: 'huge' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(train({ labels: join(folder, 'none.csv') })).rejects.toMatchObject({ code: 'not-found' });
    const pack = join(folder, 'pack.json');
    writeFileSync(pack, '{"encoder": {"kind": "pack", "id": "scorer-trees-1"}}');
    await expect(train({ recipe: pack })).rejects.toThrow(/encoder.id: .*feature-trees/);
    writeFileSync(pack, '{"encoder": {"kind": "folder", "path": "nowhere"}}');
    await expect(train({ recipe: pack })).rejects.toThrow(/encoder.path: .*nowhere/);
  });
});
