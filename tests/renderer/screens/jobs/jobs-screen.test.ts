import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../src-main/contract/app-error.ts';
import JobsScreen from '../../../../src-renderer/screens/jobs/JobsScreen.svelte';
import { createAppState, startAppState } from '../../../../src-renderer/state/app-state.ts';
import type { AppState } from '../../../../src-renderer/state/app-state.ts';
import { Connection } from '../../../../src-renderer/state/connection.svelte.ts';
import { fakeAddress } from '../../support/fake-address.ts';
import { fakeApi } from '../../support/fake-api.ts';
import type { FakeApi } from '../../support/fake-api.ts';
import { fakeJobs } from '../../support/fake-jobs.ts';
import { mounted } from '../../support/mounted.ts';
import type { Mounted } from '../../support/mounted.ts';
import { settle } from '../../support/with-effect.svelte.ts';

describe('the jobs screen', () => {
  let api: FakeApi;
  let app: AppState;
  let page: Mounted;
  let stop: () => void;
  const text = (element: Element = page.target) => element.textContent!.replace(/\s+/g, ' ');
  const job = (title: string) =>
    [...page.target.querySelectorAll('article')].find((card) =>
      card.getAttribute('aria-label')!.startsWith(title),
    )!;
  const button = (inside: Element, words: string) =>
    [...inside.querySelectorAll('button')].find((found) => found.textContent!.trim().startsWith(words))!;

  beforeEach(async () => {
    api = fakeApi({ jobs: fakeJobs(new Date()) });
    app = createAppState(api, new Connection(), fakeAddress('#/jobs'));
    stop = startAppState(app);
    page = mounted(JobsScreen, { app });
    await settle();
  });
  afterEach(async () => {
    stop();
    await page.end();
  });

  it('lists what is under way, paused and ended', () => {
    expect([...page.target.querySelectorAll('h2')].map((heading) => text(heading))).toEqual([
      'Under way 2',
      'Paused 1',
      'Ended 5',
    ]);
  });

  it('shows epoch, step, loss and the finished epochs of a training', () => {
    expect([...job('Train').querySelectorAll('dl > div')].map((fact) => text(fact).trim())).toEqual([
      'Epoch 3 of 5',
      'Step 128 of 285',
      'Loss 0.4127',
      'Device cpu',
    ]);
    const rows = [...job('Train').querySelectorAll('tbody tr')];
    expect(rows.map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
      ['1', '0.6121', '0.4882', '0.4711'],
      ['2', '0.5034', '0.6104', '0.5987'],
    ]);
    const bar = job('Train').querySelector('[role=progressbar]')!;
    expect([bar.getAttribute('aria-label'), bar.getAttribute('aria-valuenow')]).toEqual([
      'Train house-recipe on labels.csv',
      '44',
    ]);
  });

  it('says that a job is being paused or cancelled until it is', async () => {
    button(job('Train'), 'Cancel').click();
    await settle();
    expect(text(job('Train'))).toContain('Cancelling…');
    button(job('Train'), 'Pause').click();
    await settle();
    expect(api.calls.some(({ name }) => name === 'jobs.pause')).toBe(false);
    api.changeJob(7, { state: 'cancelled', stopping: null });
    await settle();
    expect(text(job('Train'))).toContain('Cancelled');
  });

  it('resumes a paused job and tries a failed one again', async () => {
    button(job('Score 12 anchors'), 'Resume').click();
    button(job('Score portfolio'), 'Try again').click();
    await settle();
    expect(text(job('Score 12 anchors'))).toContain('Waiting');
    expect(text(job('Score portfolio'))).not.toContain('The disk is full');
  });

  it('keeps the keyboard at a job that goes to another group, or at the list', async () => {
    button(job('Train'), 'Pause').focus();
    api.changeJob(7, { state: 'paused', stopping: null });
    await settle();
    expect(document.activeElement).toBe(button(job('Train'), 'Resume'));
    api.changeJob(7, { state: 'done' });
    await settle();
    expect(document.activeElement!.getAttribute('aria-label')).toBe(
      'Remove Train house-recipe on labels.csv from the list',
    );
    button(job('Train'), '').click();
    await settle();
    expect(document.activeElement!.getAttribute('aria-label')).toBe('List of jobs');
  });

  it('says why a request was refused, at the job', async () => {
    api.answer('jobs.resume', () => {
      throw new AppError('conflict', 'Another Priorphrase is running it; stop it there.');
    });
    button(job('Score 12 anchors'), 'Resume').click();
    await settle();
    expect(job('Score 12 anchors').querySelector('[role=alert]')!.textContent).toContain('stop it there');
  });

  it('says what came of a job, and saves its file or opens its sheet', async () => {
    expect(text(job('Score claim-pairs'))).toContain('36,391 rows scored by scorer-trees-1, list mode');
    button(job('Export claim-pairs'), 'Save').click();
    await settle();
    expect(api.saved.map(({ name }) => name)).toEqual(['claim-pairs-scored.xlsx']);
    button(job('Import claim-pairs'), 'Open the sheet').click();
    expect([app.navigation.screen, app.navigation.id]).toEqual(['sheets', 7]);
  });

  it('removes one ended job, or all of them', async () => {
    job('Export claim-pairs').querySelector<HTMLButtonElement>('[aria-label^="Remove"]')!.click();
    await settle();
    expect(job('Export claim-pairs')).toBeUndefined();
    button(page.target, 'Clear ended jobs').click();
    for (let turn = 0; turn < 5; turn++) await settle();
    expect(page.target.querySelectorAll('article')).toHaveLength(3);
    expect(button(page.target, 'Clear ended jobs')).toBeUndefined();
  });

  it('says that there is nothing, or why the list could not be read', async () => {
    await page.end();
    stop();
    api = fakeApi();
    app = createAppState(api, new Connection(), fakeAddress('#/jobs'));
    stop = startAppState(app);
    page = mounted(JobsScreen, { app });
    await settle();
    expect(text()).toContain('Nothing runs, nothing waits');
    await page.end();
    api.answer('jobs.list', () => {
      throw new AppError('internal', 'The workspace is gone.');
    });
    app = createAppState(api, new Connection(), fakeAddress('#/jobs'));
    page = mounted(JobsScreen, { app });
    await settle();
    expect(text()).toContain('The workspace is gone.');
  });
});
