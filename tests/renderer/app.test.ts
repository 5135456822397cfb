import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import App from '../../src-renderer/App.svelte';
import { createAppState } from '../../src-renderer/state/app-state.ts';
import { Connection } from '../../src-renderer/state/connection.svelte.ts';
import { fakeApi } from './support/fake-api.ts';
import type { FakeApi } from './support/fake-api.ts';
import { fakeHistory } from './support/fake-history.ts';
import { mounted } from './support/mounted.ts';
import type { Mounted } from './support/mounted.ts';
import { settle } from './support/with-effect.svelte.ts';

describe('the window', () => {
  let api: FakeApi;
  let page: Mounted;
  const connection = new Connection();
  const anchor = () => page.target.querySelector<HTMLInputElement>('input[placeholder^="A phrase"]')!;
  const button = (words: string) =>
    [...page.target.querySelectorAll('button')].find((found) => found.textContent!.includes(words))!;
  const text = () => page.target.textContent!.replace(/\s+/g, ' ');

  beforeEach(async () => {
    api = fakeApi({ history: fakeHistory(new Date()) });
    page = mounted(App, { app: createAppState(api, connection) });
    await settle();
  });
  afterEach(() => page.end());

  it('goes to the anchor on a slash, but lets a slash be typed into a field', () => {
    expect(page.press(document.body, '/')).toBe(false);
    expect(document.activeElement).toBe(anchor());
    expect(page.press(anchor(), '/')).toBe(true);
  });

  it('shows the keys on a question mark', () => {
    page.press(document.body, '?');
    expect(page.target.querySelector('dialog')!.textContent).toContain('Keyboard shortcuts');
  });

  it('ranks an example, shows its context and goes to the results', async () => {
    button('abatement of pollution').click();
    await settle();
    await settle();
    expect(text()).toContain('46 phrases for abatement of pollution in A47');
    expect(text()).toContain('human necessities; furniture');
    expect(document.activeElement!.getAttribute('role')).toBe('listbox');
  });

  it('repeats a past query from the drawer', async () => {
    api.emit('app.command', { command: 'show-history' });
    await settle();
    button('electrode plate').click();
    await settle();
    await settle();
    expect(anchor().value).toBe('electrode plate');
    expect(text()).toContain('phrases for electrode plate in H01');
  });

  it('asks before it clears the history', async () => {
    api.emit('app.command', { command: 'show-history' });
    await settle();
    button('Clear all').click();
    await settle();
    expect(api.calls.some((call) => call.name === 'history.clear')).toBe(false);
    expect(document.activeElement!.textContent).toContain('Keep them');
    button('Remove all').click();
    await settle();
    expect(api.calls.some((call) => call.name === 'history.clear')).toBe(true);
  });

  it('offers the nearest symbols for an unknown class and ranks in the one that is taken', async () => {
    anchor().value = 'table';
    anchor().dispatchEvent(new Event('input', { bubbles: true }));
    page.type(page.target.querySelector('[role=combobox]')!, 'A99');
    button('Rank').click();
    await settle();
    await settle();
    expect(text()).toContain('This class is not known');
    button('A45').click();
    await settle();
    await settle();
    expect(text()).toContain('phrases for table in A45');
  });

  it('says that the engine starts again, in a line that goes away', async () => {
    api.emit('engine.changed', { state: 'restarting', reason: 'It ended with code 9.' });
    await settle();
    expect(text()).toContain('The scoring engine is starting again. It ended with code 9.');
    api.emit('engine.changed', { state: 'ready', reason: null });
    await settle();
    expect(text()).not.toContain('starting again');
  });

  it('changes the appearance and keeps it', async () => {
    await api.call('settings.set', { theme: 'dark' });
    api.emit('app.command', { command: 'toggle-theme' });
    await settle();
    expect(document.documentElement.dataset['theme']).toBeDefined();
    expect((await api.call('settings.get', {})).theme).toBe(document.documentElement.dataset['theme']);
  });

  it('reads everything again when the connection is back', async () => {
    const before = api.calls.filter((call) => call.name === 'libraries.list').length;
    connection.hear(false);
    await settle();
    expect(text()).toContain('The connection to Priorphrase is lost');
    connection.hear(true);
    await settle();
    expect(text()).not.toContain('is lost');
    expect(api.calls.filter((call) => call.name === 'libraries.list').length).toBe(before + 1);
  });
});
