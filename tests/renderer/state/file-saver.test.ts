import { describe, expect } from 'vitest';
import { exportAndSave } from '../../../src-renderer/state/file-saver.ts';
import { JobList } from '../../../src-renderer/state/job-list.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import { fakeFile } from '../support/fake-import.ts';
import { settle, testWithEffect } from '../support/with-effect.svelte.ts';

const what = { source: { of: 'bad-rows', sheet: 7 } } as const;

function start() {
  const api = fakeApi();
  const jobs = new JobList(api);
  jobs.follow();
  return { api, saved: exportAndSave(api, jobs, what) };
}

describe('exportAndSave', () => {
  testWithEffect('saves the file once it is written', async () => {
    const { api, saved } = start();
    await settle();
    expect(api.calls.at(-1)).toEqual({ name: 'exports.start', input: what });
    api.changeJob(1, { state: 'running' });
    await settle();
    expect(api.saved).toEqual([]);
    api.changeJob(1, { state: 'done', result: { kind: 'export', file: fakeFile, rows: 75 } });
    expect(await saved).toBe(true);
    expect(api.saved).toEqual([fakeFile]);
  });

  testWithEffect('says why a file could not be written, and saves nothing that was cancelled', async () => {
    const failing = start();
    await settle();
    failing.api.changeJob(1, { state: 'failed', error: 'The disk is full.' });
    await expect(failing.saved).rejects.toThrow('The disk is full.');
    const cancelled = start();
    await settle();
    cancelled.api.changeJob(1, { state: 'cancelled' });
    expect(await cancelled.saved).toBe(false);
    expect(cancelled.api.saved).toEqual([]);
  });
});
