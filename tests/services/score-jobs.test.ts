import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ScoreMode } from '../../src-main/contract/job.ts';
import { readCheckpoint, type FileCheckpoint } from '../../src-main/services/score-checkpoint.ts';
import type { FileScoringResult } from '../../src-main/services/score-file.ts';
import type { FileScoringSpec } from '../../src-main/services/score-jobs.ts';
import { startFileScoring } from '../../src-main/services/start-file-scoring.ts';
import { getJob, updateJob } from '../../src-main/store/tables/job.ts';
import { memoryStore } from '../support/memory-store.ts';
import { scoringFixture, type ScoringFixture } from '../support/scoring-fixture.ts';

interface Place {
  readonly folder: string;
  readonly spec: FileScoringSpec;
}

function place(mode: ScoreMode = 'pair', rows = 4000): Place {
  const folder = mkdtempSync(join(tmpdir(), 'priorphrase-jobs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const spec = { input: join(folder, 'in.csv'), output: join(folder, 'out.csv'), mode };
  writeFileSync(spec.input, lines(rows));
  return { folder, spec };
}

function lines(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, at) => `anchor ${at % 5},target ${(at * 7) % 1999},A${10 + (at % 3)}`,
  );
  return ['anchor,target,context', ...rows, ''].join('\n');
}

const parts = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.part'));

/** Scores to the end and gives the bytes. */
async function undisturbed(spec: FileScoringSpec, scorer = 'b'): Promise<string> {
  const output = `${spec.output}.undisturbed.csv`;
  const { store, runner } = scoringFixture({ store: memoryStore(), scorer });
  await startFileScoring(store, runner, { ...spec, output }).finished;
  return readFileSync(output, 'utf8');
}

/** Starts, and stops in one way or the other when the engine is asked for more than some rows. */
async function stopped(
  spec: FileScoringSpec,
  how: 'pause' | 'cancel',
  rows = 1000,
): Promise<ScoringFixture & { id: number }> {
  let jobId = 0;
  const made = scoringFixture({
    store: memoryStore(),
    onAsked: (asked) => {
      if (asked > rows) made.runner[how](jobId);
    },
  });
  const { job, finished } = startFileScoring(made.store, made.runner, spec);
  jobId = job.id;
  await expect(finished).rejects.toMatchObject({ code: 'cancelled' });
  return { ...made, id: job.id };
}

function checkpointOf({ store }: ScoringFixture, id: number): FileCheckpoint | null {
  return readCheckpoint(getJob(store, id)?.checkpoint);
}

function resumed({ store }: ScoringFixture, spec: FileScoringSpec, scorer = 'b'): Promise<FileScoringResult> {
  return startFileScoring(store, scoringFixture({ store, scorer }).runner, spec).finished;
}

describe('the job score-file', () => {
  it.each<ScoreMode>(['pair', 'list'])('goes on where it was paused in mode %s', async (mode) => {
    const { folder, spec } = place(mode);
    const made = await stopped(spec, 'pause');
    expect(getJob(made.store, made.id)).toMatchObject({ state: 'paused', kind: 'score-file' });
    expect(parts(folder)).toHaveLength(1);
    expect(existsSync(spec.output)).toBe(false);
    const result = await resumed(made, spec);
    expect(result).toMatchObject({ rows: 4000, scored: 4000, anew: null, mode });
    expect(made.runner.list()).toHaveLength(1);
    expect(made.runner.list()[0]).toMatchObject({
      state: 'done',
      result: { kind: 'score', mode, rows: 4000, scored: 4000, failed: 0, sheetId: null },
    });
    expect(readFileSync(spec.output, 'utf8')).toBe(await undisturbed(spec));
    expect(parts(folder)).toEqual([]);
  });

  it('throws away what is behind the checkpoint, and does again nothing before it', async () => {
    const { spec } = place();
    const made = await stopped(spec, 'pause');
    const saved = checkpointOf(made, made.id)!;
    expect(saved.rows).toBeGreaterThan(0);
    expect(saved.rows).toBeLessThan(4000);
    appendFileSync(saved.part, 'half a row, cut');
    const asked = made.engine.asked.reduce((sum, { rows }) => sum + rows, 0);
    const again = scoringFixture({ store: made.store });
    expect((await startFileScoring(made.store, again.runner, spec).finished).anew).toBeNull();
    expect(asked + again.engine.asked.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(4000);
    expect(readFileSync(spec.output, 'utf8')).toBe(await undisturbed(spec));
  });

  it('removes the half-done output when it is cancelled, also while it is paused', async () => {
    const { folder, spec } = place();
    const made = await stopped(spec, 'cancel');
    expect(getJob(made.store, made.id)).toMatchObject({ state: 'cancelled', checkpoint: null });
    expect(readdirSync(folder)).toEqual(['in.csv']);
    const paused = await stopped(spec, 'pause');
    expect(parts(folder)).toHaveLength(1);
    paused.runner.cancel(paused.id);
    await paused.runner.close();
    expect(readdirSync(folder)).toEqual(['in.csv']);
    expect(paused.errors).toEqual([]);
  });

  it('begins anew, and says why, where the input, the scorer or the half-done output is not what it was', async () => {
    const { folder, spec } = place();
    const changed = await stopped(spec, 'pause');
    writeFileSync(spec.input, lines(3000));
    expect(await resumed(changed, spec)).toMatchObject({ rows: 3000, anew: 'the input was changed' });
    expect(readFileSync(spec.output, 'utf8')).toBe(await undisturbed(spec));

    const other = await stopped(spec, 'pause');
    expect((await resumed(other, spec, 'c')).anew).toBe('the scorer is another one');

    const retitled = await stopped(spec, 'pause');
    const phrase = retitled.store.run("INSERT INTO phrase (key, display) VALUES ('x', 'X')").lastId;
    const columns = 'symbol, level, parent, title, phrase_id, position, has_children';
    retitled.store.run(`INSERT INTO cpc (${columns}) VALUES ('A', 'section', NULL, 'X', ?, 0, 0)`, phrase);
    expect((await resumed(retitled, spec)).anew).toBe('titles of classes were changed');

    const gone = await stopped(spec, 'pause');
    rmSync(checkpointOf(gone, gone.id)!.part);
    expect((await resumed(gone, spec)).anew).toBe('the unfinished output is gone');

    const short = await stopped(spec, 'pause');
    writeFileSync(checkpointOf(short, short.id)!.part, 'x');
    expect((await resumed(short, spec)).anew).toBe('the unfinished output is gone');
    expect(readFileSync(spec.output, 'utf8')).toBe(await undisturbed(spec));
    expect(parts(folder)).toEqual([]);
  });

  it('takes a file of the same bytes and another time for another file', async () => {
    const { spec } = place();
    const made = await stopped(spec, 'pause');
    utimesSync(spec.input, 1, 1);
    expect((await resumed(made, spec)).anew).toBe('the input was changed');
  });

  it('finishes an output that was complete and had no name yet, and knows one that had it', async () => {
    const { folder, spec } = place();
    const made = scoringFixture({ store: memoryStore() });
    const { job, finished } = startFileScoring(made.store, made.runner, spec);
    await finished;
    const text = readFileSync(spec.output, 'utf8');
    const about = made.jobs.at(-1)!;
    expect(about.state).toBe('done');
    const half = await stopped(spec, 'pause');
    const saved = checkpointOf(half, half.id)!;
    const whole = { ...saved, rows: 4000, scored: 4000, bytes: Buffer.byteLength(text), whole: true };
    rmSync(saved.part);
    renameSync(spec.output, saved.part);
    updateJob(half.store, half.id, { checkpoint: whole });
    const before = half.engine.asked.length;
    expect(await resumed(half, spec)).toMatchObject({ rows: 4000, anew: null });
    expect(readFileSync(spec.output, 'utf8')).toBe(text);
    updateJob(half.store, half.id, { state: 'paused', checkpoint: whole });
    expect(await resumed(half, spec)).toMatchObject({ rows: 4000, anew: null });
    expect(half.engine.asked).toHaveLength(before);
    expect(readdirSync(folder).sort()).toEqual(['in.csv', 'out.csv']);
    expect(job.id).toBe(1);
  });

  it('is refused while another process writes the same output', async () => {
    const { spec } = place();
    const made = await stopped(spec, 'pause');
    updateJob(made.store, made.id, { state: 'running', owner: { pid: process.ppid } });
    expect(() => startFileScoring(made.store, made.runner, spec)).toThrow(
      /Another Priorphrase is writing .*out\.csv/,
    );
    expect(() => startFileScoring(made.store, made.runner, { ...spec, mode: 'list' })).toThrow(
      'Another Priorphrase',
    );
    const elsewhere = { ...spec, output: `${spec.output}.other.csv` };
    expect((await resumed(made, elsewhere)).rows).toBe(4000);
  });

  it('is left to the process that took it a moment before', async () => {
    const { spec } = place();
    const made = await stopped(spec, 'pause');
    const late = scoringFixture({
      store: made.store,
      onJob: ({ id, state }) => {
        if (state === 'queued') updateJob(made.store, id, { state: 'running', owner: { pid: process.ppid } });
      },
    });
    const { finished } = startFileScoring(made.store, late.runner, spec);
    await expect(finished).rejects.toMatchObject({ code: 'conflict' });
    expect(getJob(made.store, made.id)).toMatchObject({ state: 'running', owner: { pid: process.ppid } });
    expect(late.engine.asked).toEqual([]);
  });

  it('is another job with another mode, class or library', async () => {
    const { spec } = place();
    const made = await stopped(spec, 'pause');
    await resumed(made, { ...spec, mode: 'list' });
    expect(made.runner.list().map(({ state }) => state)).toEqual(['done', 'paused']);
  });

  it('keeps what it has when the engine dies, and goes on', async () => {
    const { folder, spec } = place();
    const made = scoringFixture({ store: memoryStore() });
    made.engine.dieOnNextCall();
    await expect(startFileScoring(made.store, made.runner, spec).finished).rejects.toMatchObject({
      code: 'engine-stopped',
    });
    expect(made.runner.list()[0]).toMatchObject({ state: 'failed' });
    await resumed(made, spec);
    expect(readFileSync(spec.output, 'utf8')).toBe(await undisturbed(spec));
    expect(parts(folder)).toEqual([]);
  });

  it('removes the half-done output of a failed job with the job', async () => {
    const { folder, spec } = place();
    const made = scoringFixture({ store: memoryStore() });
    made.engine.dieOnNextCall();
    const { job, finished } = startFileScoring(made.store, made.runner, spec);
    await finished.catch(() => {});
    expect(parts(folder)).toHaveLength(1);
    await made.runner.remove(job.id);
    await made.runner.close();
    expect(readdirSync(folder)).toEqual(['in.csv']);
  });

  it('removes the half-done output of a failed job that is cancelled', async () => {
    const { folder, spec } = place();
    const made = scoringFixture({ store: memoryStore() });
    made.engine.dieOnNextCall();
    const { job, finished } = startFileScoring(made.store, made.runner, spec);
    await finished.catch(() => {});
    expect(made.runner.cancel(job.id).state).toBe('cancelled');
    await made.runner.close();
    expect(readdirSync(folder)).toEqual(['in.csv']);
  });

  it('says that the disk is full, and goes on when it is not any more', async ({ skip }) => {
    const { folder, spec } = place('pair', 30_000);
    const small = join(folder, 'small');
    mkdirSync(small);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', small]).status === 0;
    if (!mounted) skip('No file system can be mounted here.');
    onTestFinished(() => void spawnSync('umount', [small]));
    const filler = join(small, 'filler');
    writeFileSync(filler, Buffer.alloc(256 * 1024));
    const tight = { ...spec, output: join(small, 'out.csv') };
    const made = scoringFixture({ store: memoryStore() });
    await expect(startFileScoring(made.store, made.runner, tight).finished).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(made.runner.list()[0]).toMatchObject({
      state: 'failed',
      error: expect.stringMatching('disk is full') as string,
    });
    spawnSync('mount', ['-o', 'remount,size=8m', small]);
    expect(await resumed(made, tight)).toMatchObject({ rows: 30_000, anew: null });
    expect(readFileSync(tight.output, 'utf8')).toBe(await undisturbed(spec));
  });
});
