import { describe, expect } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import type { JobEntry } from '../../../src-main/contract/job.ts';
import { JobList } from '../../../src-renderer/state/job-list.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import { fakeJob } from '../support/fake-import.ts';
import { fakeJobs } from '../support/fake-jobs.ts';
import { held } from '../support/held.ts';
import { settle, testWithEffect } from '../support/with-effect.svelte.ts';

const ids = (jobs: readonly JobEntry[]) => jobs.map(({ id }) => id);

describe('JobList', () => {
  testWithEffect('sorts jobs into those under way, paused and ended', async () => {
    const jobs = new JobList(fakeApi({ jobs: fakeJobs(new Date()) }));
    await jobs.refresh();
    expect([ids(jobs.active), ids(jobs.paused), ids(jobs.ended)]).toEqual([[7, 8], [6], [5, 4, 3, 2, 1]]);
  });

  testWithEffect('keeps what it heard while the list was on its way', async () => {
    const api = fakeApi();
    const list = held<JobEntry[]>();
    api.answer('jobs.list', () => list.promise);
    const jobs = new JobList(api);
    jobs.follow();
    const refreshed = jobs.refresh();
    api.emit('job.changed', fakeJob({ id: 1, done: 500 }));
    list.answer([fakeJob({ id: 1, done: 100 }), fakeJob({ id: 2, done: 7 })]);
    await refreshed;
    expect(jobs.entries.map(({ id, done }) => [id, done])).toEqual([
      [1, 500],
      [2, 7],
    ]);
  });

  testWithEffect('does not go back to the state in which a job was started', () => {
    const api = fakeApi();
    const jobs = new JobList(api);
    jobs.follow();
    api.emit('job.changed', fakeJob({ state: 'running' }));
    jobs.take(fakeJob({ state: 'queued' }));
    expect(jobs.byId(1)?.state).toBe('running');
  });

  testWithEffect('shows at once that a job is being paused', async () => {
    const api = fakeApi({ jobs: [fakeJob()] });
    const jobs = new JobList(api);
    await jobs.refresh();
    await jobs.ask('pause', 1);
    expect(jobs.byId(1)).toMatchObject({ state: 'running', stopping: 'paused' });
  });

  testWithEffect('is not set back by an answer that comes after the end it led to', async () => {
    const api = fakeApi({ jobs: [fakeJob()] });
    const jobs = new JobList(api);
    await jobs.refresh();
    jobs.follow();
    const late = held<JobEntry>();
    api.answer('jobs.cancel', () => late.promise);
    const asked = jobs.ask('cancel', 1);
    const stopping = fakeJob({ stopping: 'cancelled' });
    api.emit('job.changed', stopping);
    api.emit('job.changed', { ...stopping, stopping: null, state: 'cancelled' });
    late.answer(stopping);
    await asked;
    expect(jobs.byId(1)?.state).toBe('cancelled');
  });

  testWithEffect('keeps the reason of a refusal until the next request', async () => {
    const api = fakeApi({ jobs: [fakeJob({ state: 'paused' })] });
    api.answer('jobs.cancel', () => {
      throw new AppError('conflict', 'Another Priorphrase is running it; stop it there.');
    });
    const jobs = new JobList(api);
    await jobs.refresh();
    await jobs.ask('cancel', 1);
    expect(jobs.refusalOf(1)).toContain('stop it there');
    await jobs.ask('resume', 1);
    expect([jobs.refusalOf(1), jobs.byId(1)?.state]).toEqual([null, 'queued']);
  });

  testWithEffect('clears the ended jobs and leaves the others', async () => {
    const api = fakeApi({ jobs: fakeJobs(new Date()) });
    const jobs = new JobList(api);
    await jobs.refresh();
    await jobs.clearEnded();
    expect(ids(jobs.entries)).toEqual([6, 7, 8]);
    expect(ids(await api.call('jobs.list', {}))).toEqual([6, 7, 8]);
  });

  testWithEffect('waits for the end of a job, which a pause is not', async () => {
    const api = fakeApi();
    const jobs = new JobList(api);
    jobs.follow();
    const ends: string[] = [];
    void jobs.untilEnded(1).then(({ state }) => ends.push(state));
    api.emit('job.changed', fakeJob({ state: 'paused' }));
    await settle();
    expect(ends).toEqual([]);
    api.emit('job.changed', fakeJob({ state: 'done' }));
    await settle();
    expect(ends).toEqual(['done']);
    expect((await jobs.untilEnded(1)).state).toBe('done');
  });

  testWithEffect('learns of an end that it missed from the list', async () => {
    const api = fakeApi();
    const jobs = new JobList(api);
    jobs.take(fakeJob());
    const end = jobs.untilEnded(1);
    api.answer('jobs.list', () => [fakeJob({ state: 'failed' })]);
    await jobs.refresh();
    expect((await end).state).toBe('failed');
  });

  testWithEffect('tells of changes of state, and not of every step', () => {
    const api = fakeApi();
    const jobs = new JobList(api);
    const heard: string[] = [];
    jobs.onChange = ({ state, stopping }) => heard.push(stopping ?? state);
    jobs.follow();
    for (const done of [1, 2, 3]) api.emit('job.changed', fakeJob({ done }));
    api.emit('job.changed', fakeJob({ stopping: 'cancelled' }));
    api.emit('job.changed', fakeJob({ state: 'cancelled' }));
    expect(heard).toEqual(['running', 'cancelled', 'cancelled']);
  });
});
