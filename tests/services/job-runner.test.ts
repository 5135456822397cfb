import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import { jobEntry, type JobEntry } from '../../src-main/contract/job.ts';
import type { OnProgress } from '../../src-main/services/app.ts';
import type { JobHandler, JobHandlers, JobLine } from '../../src-main/services/job-kinds.ts';
import { JobRunner } from '../../src-main/services/job-runner.ts';
import { jobCalls } from '../../src-main/services/jobs.ts';
import { getJob, insertJob, updateJob } from '../../src-main/store/tables/job.ts';
import type { Store } from '../../src-main/store/store.ts';
import { memoryStore } from '../support/memory-store.ts';

/** Work that goes on until the test lets it end, or the runner stops it. */
function gate(): {
  readonly work: (onProgress: OnProgress, signal: AbortSignal) => Promise<never>;
  readonly open: () => void;
  readonly started: Promise<OnProgress>;
} {
  const opened = Promise.withResolvers<void>();
  const started = Promise.withResolvers<OnProgress>();
  const work = async (onProgress: OnProgress, signal: AbortSignal): Promise<never> => {
    started.resolve(onProgress);
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Stopped.')), { once: true });
    });
    await Promise.race([opened.promise, stopped]);
    return 'result' as never;
  };
  return { work, open: () => opened.resolve(), started: started.promise };
}

interface Made {
  readonly runner: JobRunner;
  readonly events: JobEntry[];
  readonly log: ReturnType<typeof vi.fn>;
}

function makeRunner(
  store: Store,
  run: (onProgress: OnProgress, signal: AbortSignal) => Promise<never>,
  more: Partial<JobHandlers> = {},
): Made {
  const events: JobEntry[] = [];
  const handler = {
    title: () => 'Some work',
    run: (_: unknown, onProgress: OnProgress, signal: AbortSignal) => run(onProgress, signal),
  };
  const handlers: JobHandlers = {
    'cpc-import': { ...handler, then: 'embed' },
    'library-import': handler,
    embed: { title: () => 'Embed', run: () => Promise.resolve(3) },
    train: handler,
    'score-file': handler,
    'score-sheet': handler,
    'score-library': handler,
    export: handler,
    ...more,
  };
  const log = vi.fn();
  const emit = (_: string, payload: unknown): void => void events.push(jobEntry.parse(payload));
  return { runner: new JobRunner({ store, emit, handlers, log }), events, log };
}

const spec = { path: 'x.zip' };
const states = (events: readonly JobEntry[], id: number): string[] =>
  events.filter((event) => event.id === id).map((event) => event.state);

describe('JobRunner', () => {
  it('runs a job, tells its states and keeps its end', async () => {
    const store = memoryStore();
    const { runner, events } = makeRunner(store, async (onProgress) => {
      onProgress(5, 10, 'Working');
      return 'result' as never;
    });
    const { job, finished } = runner.start('library-import', spec);
    expect(job).toMatchObject({ state: 'queued', title: 'Some work', done: 0 });
    expect(await finished).toBe('result');
    expect(states(events, job.id)).toEqual(['queued', 'running', 'running', 'done']);
    expect(runner.list()).toMatchObject([{ id: job.id, state: 'done', done: 10, total: 10, error: null }]);
  });

  it('runs jobs one after the other, and what follows a job after those that wait', async () => {
    const store = memoryStore();
    let running = 0;
    const { runner, events } = makeRunner(store, async () => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      return undefined as never;
    });
    for (let count = 0; count < 3; count++) runner.start('cpc-import', spec);
    await runner.whenIdle();
    const order = events.filter((event) => event.state === 'done').map((event) => event.kind);
    // Every import asks for an embedding; one that waits serves them all.
    expect(order.slice(0, 3)).toEqual(['cpc-import', 'cpc-import', 'cpc-import']);
    expect(order.slice(3)).toEqual(['embed']);
    expect(runner.list().every((job) => job.state === 'done')).toBe(true);
  });

  it('cancels a running job, which can be resumed', async () => {
    const store = memoryStore();
    const first = gate();
    const second = gate();
    const gates = [first, second];
    const { runner } = makeRunner(store, (onProgress, signal) => gates.shift()!.work(onProgress, signal));
    const { job, finished } = runner.start('library-import', spec);
    const onProgress = await first.started;
    onProgress(4, 8, 'Working');
    runner.cancel(job.id);
    await expect(finished).rejects.toMatchObject({ code: 'cancelled' });
    expect(getJob(store, job.id)).toMatchObject({ state: 'cancelled', done: 4, total: 8, error: null });
    expect(runner.resume(job.id).state).toBe('queued');
    await second.started;
    second.open();
    await runner.whenIdle();
    expect(getJob(store, job.id)).toMatchObject({ state: 'done', spec });
  });

  it('takes a cancelled job out of the queue', async () => {
    const first = gate();
    const { runner } = makeRunner(memoryStore(), first.work);
    runner.start('library-import', spec);
    const waiting = runner.start('library-import', spec);
    expect(runner.cancel(waiting.job.id).state).toBe('cancelled');
    await expect(waiting.finished).rejects.toMatchObject({ code: 'cancelled' });
    first.open();
    await runner.whenIdle();
    expect(runner.list().map((job) => job.state)).toEqual(['cancelled', 'done']);
  });

  it('keeps the message of a failure for the user, and the stack of a bug for the log', async () => {
    const errors = [new AppError('bad-input', 'Line 3 is no title.'), new Error('secret detail')];
    const { runner, log } = makeRunner(memoryStore(), () => Promise.reject(errors.shift()!));
    await expect(runner.start('library-import', spec).finished).rejects.toThrow('Line 3');
    await expect(runner.start('library-import', spec).finished).rejects.toThrow('secret detail');
    const [bug, known] = runner.list();
    expect(known).toMatchObject({ state: 'failed', error: 'Line 3 is no title.' });
    expect(bug?.error).not.toContain('secret');
    expect(log).toHaveBeenCalledTimes(1);
  });

  it('pauses the running job and those that wait when it is closed', async () => {
    const store = memoryStore();
    const first = gate();
    const { runner } = makeRunner(store, first.work);
    const running = runner.start('library-import', spec);
    const waiting = runner.start('cpc-import', spec);
    await first.started;
    await runner.close();
    await expect(running.finished).rejects.toMatchObject({ code: 'cancelled' });
    await expect(waiting.finished).rejects.toMatchObject({ code: 'cancelled' });
    expect(runner.list().map((job) => job.state)).toEqual(['paused', 'paused']);
    expect(() => runner.start('embed', {})).toThrow('closing');
    expect(() => runner.resume(running.job.id)).toThrow('closing');
  });

  it('finds what a dead process left as paused, and resumes it with its spec', async () => {
    const store = memoryStore();
    const dead = insertJob(store, { kind: 'library-import', title: 'Import', spec, total: null });
    updateJob(store, dead.id, { state: 'running', done: 7, total: 9, checkpoint: { pid: 2 ** 22 + 1 } });
    const queued = insertJob(store, { kind: 'library-import', title: 'Import', spec, total: null });
    const { runner } = makeRunner(store, async () => 'ok' as never);
    runner.recover();
    expect(runner.list().map(({ id, state, done }) => [id, state, done])).toEqual([
      [queued.id, 'paused', 0],
      [dead.id, 'paused', 7],
    ]);
    runner.resume(dead.id);
    await runner.whenIdle();
    expect(getJob(store, dead.id)).toMatchObject({ state: 'done', spec });
  });

  it('leaves alone what another living process runs, until it falls silent', () => {
    const store = memoryStore();
    const job = insertJob(store, { kind: 'embed', title: 'Embed', spec: {}, total: null });
    updateJob(store, job.id, { state: 'running', owner: { pid: process.ppid } });
    const { runner } = makeRunner(store, () => Promise.reject(new Error('unused')));
    runner.recover();
    expect(getJob(store, job.id)?.state).toBe('running');
    expect(() => runner.cancel(job.id)).toThrow('Another Priorphrase');
    expect(() => runner.resume(job.id)).toThrow('Another Priorphrase');
    runner.recover(new Date(Date.now() + 120_000));
    expect(getJob(store, job.id)?.state).toBe('paused');
  });

  it('refuses what makes no sense', async () => {
    const { runner } = makeRunner(memoryStore(), async () => 'ok' as never);
    const { job, finished } = runner.start('library-import', spec);
    await finished;
    expect(() => runner.cancel(job.id)).toThrow('done already');
    expect(() => runner.resume(job.id)).toThrow('only a stopped one');
    expect(() => runner.cancel(99)).toThrow('There is no job 99');
  });

  it('answers the calls of the contract', async () => {
    const { runner } = makeRunner(memoryStore(), async () => 'ok' as never);
    const calls = jobCalls(runner);
    const { job, finished } = runner.start('library-import', spec);
    await finished;
    expect(await calls['jobs.list']({})).toMatchObject([{ id: job.id, state: 'done' }]);
    await expect(calls['jobs.cancel']({ id: job.id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(calls['jobs.resume']({ id: 5 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('tells progress at most ten times a second', async () => {
    const { runner, events } = makeRunner(memoryStore(), async (onProgress) => {
      for (let done = 0; done < 1000; done++) onProgress(done, 1000, 'Working');
      return 'ok' as never;
    });
    const { job, finished } = runner.start('library-import', spec);
    await finished;
    expect(states(events, job.id).length).toBeLessThan(10);
  });
});

describe('a job that notes how far it is', () => {
  /** Counts to 5, notes each step, and stops at 2 until it is told to. */
  function counting(steps: number[], discarded: unknown[] = []): JobHandler<'score-library'> {
    return {
      title: () => 'Count',
      async run(_, onProgress, signal, line: JobLine) {
        const from = (line.checkpoint as { readonly at: number } | null)?.at ?? 0;
        for (let at = from + 1; at <= 5; at++) {
          steps.push(at);
          line.save({ at });
          onProgress(at, 5, 'Counting');
          // The first run stands still at its second step until it is stopped.
          if (from === 0 && at === 2) {
            await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
          }
          if (signal.aborted) throw new AppError('cancelled', 'Stopped.');
        }
        return { mode: 'pair', sheetId: 1, rows: 5, scored: 5, failed: 0, cached: 0, scorer: 'scorer' };
      },
      describe: ({ sheetId, rows, scored, failed, cached, scorer }) => {
        return { kind: 'score', sheetId, rows, scored, failed, cached, scorer, mode: 'pair' };
      },
      discard: async (_, checkpoint) => void discarded.push(checkpoint),
    };
  }
  const spec = { libraryId: 1, anchors: ['a'], context: 'A47', mode: 'pair', name: 'n' } as const;
  const unused = () => Promise.reject(new Error('not expected'));

  async function stepped(steps: readonly number[], count: number): Promise<void> {
    await vi.waitFor(() => expect(steps.length).toBeGreaterThanOrEqual(count));
  }

  it('is paused and goes on where it stood', async () => {
    const store = memoryStore();
    const steps: number[] = [];
    const discarded: unknown[] = [];
    const { runner, events } = makeRunner(store, unused, { 'score-library': counting(steps, discarded) });
    const { job, finished } = runner.start('score-library', spec);
    await stepped(steps, 2);
    expect(runner.pause(job.id)).toMatchObject({ state: 'running', stopping: 'paused' });
    await expect(finished).rejects.toMatchObject({ code: 'cancelled' });
    const reached = steps.length;
    expect(getJob(store, job.id)).toMatchObject({
      state: 'paused',
      done: reached,
      checkpoint: { at: reached },
    });
    runner.resume(job.id);
    await runner.whenIdle();
    expect(steps).toEqual([1, 2, 3, 4, 5]);
    expect(discarded).toEqual([]);
    expect(runner.list()).toMatchObject([
      { state: 'done', stopping: null, result: { kind: 'score', rows: 5, mode: 'pair' } },
    ]);
    expect(events.some(({ stopping }) => stopping === 'paused')).toBe(true);
    expect(getJob(store, job.id)?.checkpoint).toBeNull();
  });

  it.each(['running', 'paused'] as const)(
    'is cancelled while it is %s: what it made is removed',
    async (state) => {
      const store = memoryStore();
      const steps: number[] = [];
      const discarded: unknown[] = [];
      const { runner } = makeRunner(store, unused, { 'score-library': counting(steps, discarded) });
      const { job, finished } = runner.start('score-library', spec);
      await stepped(steps, 2);
      if (state === 'paused') {
        runner.pause(job.id);
        await finished.catch(() => {});
      }
      runner.cancel(job.id);
      await finished.catch(() => {});
      await vi.waitFor(() =>
        expect(getJob(store, job.id)).toMatchObject({ state: 'cancelled', checkpoint: null }),
      );
      expect(discarded).toEqual([{ at: steps.length }]);
    },
  );

  it('keeps what it noted when its process is killed', async () => {
    const store = memoryStore();
    const { id } = insertJob(store, { kind: 'score-library', title: 'Count', spec, total: 5 });
    updateJob(store, id, { state: 'running', checkpoint: { at: 3 }, owner: { pid: 2 ** 30 } });
    const steps: number[] = [];
    const { runner } = makeRunner(store, unused, { 'score-library': counting(steps) });
    runner.recover();
    expect(getJob(store, id)).toMatchObject({ state: 'paused', checkpoint: { at: 3 }, owner: null });
    runner.resume(id);
    await runner.whenIdle();
    expect(steps).toEqual([4, 5]);
  });

  it('is cancelled in the state that it is in even where removing fails, which is logged', async () => {
    const store = memoryStore();
    const steps: number[] = [];
    const failing = { ...counting(steps), discard: () => Promise.reject(new Error('locked')) };
    const { runner, log } = makeRunner(store, unused, { 'score-library': failing });
    const { job, finished } = runner.start('score-library', spec);
    await stepped(steps, 2);
    runner.cancel(job.id);
    await finished.catch(() => {});
    expect(getJob(store, job.id)?.state).toBe('cancelled');
    expect(log).toHaveBeenCalledOnce();
  });

  it('leaves the queue for the time being when it is paused there', async () => {
    const first = gate();
    const { runner } = makeRunner(memoryStore(), first.work);
    runner.start('library-import', { path: 'x.csv' });
    const waiting = runner.start('library-import', { path: 'y.csv' });
    expect(runner.pause(waiting.job.id).state).toBe('paused');
    first.open();
    await runner.whenIdle();
    expect(runner.list().map(({ state }) => state)).toEqual(['paused', 'done']);
    expect(() => runner.pause(waiting.job.id)).toThrow('only one under way can be paused');
  });

  it('leaves the list when it has ended, not before', async () => {
    const store = memoryStore();
    const { runner } = makeRunner(store, async () => undefined as never);
    const { job } = runner.start('library-import', { path: 'x.csv' });
    expect(() => runner.remove(job.id)).toThrow('cancel it first');
    await runner.whenIdle();
    runner.remove(job.id);
    expect(runner.list()).toEqual([]);
    expect(() => runner.remove(job.id)).toThrow('There is no job');
  });
});
