import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import App from '../../../../src-renderer/App.svelte';
import { createAppState } from '../../../../src-renderer/state/app-state.ts';
import { Connection } from '../../../../src-renderer/state/connection.svelte.ts';
import { fakeAddress } from '../../support/fake-address.ts';
import type { FakeAddress } from '../../support/fake-address.ts';
import { fakeApi } from '../../support/fake-api.ts';
import type { FakeApi } from '../../support/fake-api.ts';
import { fakeJob } from '../../support/fake-import.ts';
import { mounted } from '../../support/mounted.ts';
import type { Mounted } from '../../support/mounted.ts';
import { settle } from '../../support/with-effect.svelte.ts';

describe('the screens of the window', () => {
  let api: FakeApi;
  let page: Mounted;
  let address: FakeAddress;
  const anchor = () => page.target.querySelector<HTMLInputElement>('input[placeholder^="A phrase"]')!;
  const link = (words: string) =>
    [...page.target.querySelectorAll('nav a')].find((found) => found.textContent!.trim().startsWith(words))!;
  const shown = () =>
    [...page.target.querySelectorAll('main > section:not([hidden])')].map((pane) =>
      pane.getAttribute('aria-label'),
    );
  const toast = () => page.target.querySelector('.toasts')!.textContent!.trim();
  const spoken = () => page.target.querySelector('.unseen[aria-live=polite]')!.textContent;
  const alt = (digit: string) =>
    page.press(document.activeElement!, digit, { altKey: true, code: `Digit${digit}` });

  async function open(hash = ''): Promise<void> {
    api = fakeApi();
    address = fakeAddress(hash);
    page = mounted(App, { app: createAppState(api, new Connection(), address) });
    await settle();
  }

  beforeEach(() => open());
  afterEach(() => page.end());

  it('go by Alt and a digit, with address, title and link', async () => {
    expect(alt('2')).toBe(false);
    await settle();
    expect([shown(), address.hash, document.title]).toEqual([['Import'], '#/import', 'Import · Priorphrase']);
    expect(link('Import').getAttribute('aria-current')).toBe('page');
    expect(link('Lookup').getAttribute('aria-current')).toBe(null);
  });

  it('stay through a reload', async () => {
    await page.end();
    await open('#/jobs');
    expect([shown(), document.title]).toEqual([['Jobs'], 'Jobs · Priorphrase']);
    expect(document.activeElement).toBe(document.body);
  });

  it('follow the arrows of the browser', async () => {
    address.visit('#/sheets/3');
    await settle();
    expect(shown()).toEqual(['Sheets']);
    expect(link('Sheets').getAttribute('href')).toBe('#/sheets/3');
  });

  it('keep what was typed, and the place of the keyboard', async () => {
    page.type(anchor(), 'abatement');
    anchor().focus();
    alt('4');
    await settle();
    expect(document.activeElement!.getAttribute('aria-label')).toBe('Jobs');
    alt('1');
    await settle();
    expect(document.activeElement).toBe(anchor());
    expect(anchor().value).toBe('abatement');
  });

  it('go to the lookup for a shortcut that belongs to it', async () => {
    alt('4');
    await settle();
    page.press(document.body, '/');
    await settle();
    expect(shown()).toEqual(['Lookup']);
    expect(document.activeElement).toBe(anchor());
  });

  it('leave Alt with a digit alone where another key is held too', () => {
    expect(page.press(document.body, '2', { altKey: true, ctrlKey: true, code: 'Digit2' })).toBe(true);
    expect(shown()).toEqual(['Lookup']);
  });

  it('count the jobs under way at their link and at the foot', async () => {
    expect(link('Jobs').textContent!.replace(/\s+/g, ' ').trim()).toBe('Jobs');
    api.emit('job.changed', fakeJob({ id: 1 }));
    api.emit('job.changed', fakeJob({ id: 2, state: 'queued' }));
    await settle();
    expect(link('Jobs').textContent).toContain('2 jobs under way');
    const foot = page.target.querySelector('footer a')!.textContent!.replace(/\s+/g, ' ');
    expect(foot).toContain('Import claim-pairs.csv into claim-pairs');
    expect(foot).toContain('33 % +1');
    api.emit('job.changed', fakeJob({ id: 1, stopping: 'cancelled' }));
    await settle();
    expect(page.target.querySelector('footer a')!.textContent).toContain('Cancelling…');
  });

  it('tell the end of a job by a toast, and quietly where it is in sight', async () => {
    api.emit('job.changed', fakeJob({ id: 1, title: 'Import a.csv' }));
    api.emit('job.changed', fakeJob({ id: 1, title: 'Import a.csv', state: 'done' }));
    await settle();
    expect(toast()).toBe('Import a.csv: done');
    alt('4');
    api.emit('job.changed', fakeJob({ id: 2, title: 'Import b.csv', state: 'failed', error: 'No.' }));
    await settle();
    expect([toast(), spoken()]).toEqual(['Import a.csv: done', 'Import b.csv failed. No.']);
  });

  it('take a file that is dropped anywhere', async () => {
    const drop = new Event('drop', { bubbles: true, cancelable: true });
    Object.assign(drop, { dataTransfer: { types: ['Files'], files: [new File(['a,b'], 'dropped.csv')] } });
    expect(document.body.dispatchEvent(drop)).toBe(false);
    await settle();
    expect(shown()).toEqual(['Import']);
    expect(page.target.querySelector('main')!.textContent).toContain('dropped.csv');
  });
});
