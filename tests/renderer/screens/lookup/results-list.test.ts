import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallOutput } from '../../../../src-main/contract/calls.ts';
import ResultsList from '../../../../src-renderer/screens/lookup/ResultsList.svelte';
import { createAppState } from '../../../../src-renderer/state/app-state.ts';
import { Connection } from '../../../../src-renderer/state/connection.svelte.ts';
import { fakeApi } from '../../support/fake-api.ts';
import type { FakeApi } from '../../support/fake-api.ts';
import { held } from '../../support/held.ts';
import { mounted } from '../../support/mounted.ts';
import type { Mounted } from '../../support/mounted.ts';
import { settle } from '../../support/with-effect.svelte.ts';

const query = { anchor: 'abatement of pollution', context: 'A47', libraryIds: [], limit: 100 };

describe('the list of ranked phrases', () => {
  let api: FakeApi;
  let app: ReturnType<typeof createAppState>;
  let page: Mounted;
  const oncopy = vi.fn();
  const list = () => page.target.querySelector<HTMLElement>('[role=listbox]')!;
  const active = () => document.getElementById(list().getAttribute('aria-activedescendant') ?? '');
  const selected = () => page.target.querySelectorAll('[aria-selected=true]').length;

  beforeEach(() => {
    api = fakeApi({ phrases: 30 });
    app = createAppState(api, new Connection());
    oncopy.mockClear();
    page = mounted(ResultsList, { app, oncopy });
  });
  afterEach(() => page.end());

  it('moves line by line, by ten, and to the ends', async () => {
    await app.lookup.run(query);
    await settle();
    const visited = ['ArrowDown', 'ArrowDown', 'PageDown', 'ArrowUp', 'End', 'Home'].map((key) => {
      page.press(list(), key);
      return app.view.active?.rank;
    });
    expect(visited).toEqual([1, 2, 12, 11, 30, 1]);
    expect(active()!.textContent).toContain('pollution abatement');
  });

  it('stays on the same phrase when the scores change the order', async () => {
    const scores = held<CallOutput<'rank.score'>>();
    api.answer('rank.score', () => scores.promise);
    const run = app.lookup.run(query);
    await settle();
    for (let press = 0; press < 3; press++) page.press(list(), 'ArrowDown');
    const before = active();
    const { phraseId } = app.view.active!.result;
    const results = app.lookup.results.map((result, index) => ({
      phraseId: result.phraseId,
      score: index / 100,
      rating: 0 as const,
      relation: null,
      cached: false,
    }));
    scores.answer({ scorer: 's', results });
    await run;
    await settle();
    expect(app.view.active).toMatchObject({ rank: 28, result: { phraseId } });
    expect(active()).toBe(before);
  });

  it('selects by Space, by Shift and the arrows, and all; Escape gives the selection up', async () => {
    await app.lookup.run(query);
    await settle();
    page.press(list(), 'ArrowDown');
    page.press(list(), ' ');
    expect(selected()).toBe(1);
    page.press(list(), 'ArrowDown', { shiftKey: true });
    page.press(list(), 'ArrowDown', { shiftKey: true });
    expect(selected()).toBe(3);
    page.press(list(), 'a', { ctrlKey: true });
    expect(selected()).toBe(30);
    page.press(list(), 'Escape');
    expect(selected()).toBe(0);
  });

  it('opens the details on Enter and closes them on Escape before it gives up a selection', async () => {
    await app.lookup.run(query);
    await settle();
    page.press(list(), 'Enter');
    expect(app.view.open).toBe(true);
    page.press(list(), ' ');
    page.press(list(), 'Escape');
    expect([app.view.open, selected()]).toEqual([false, 1]);
  });

  it('copies on the copy keys', async () => {
    await app.lookup.run(query);
    await settle();
    page.press(list(), 'c', { ctrlKey: true });
    expect(oncopy).toHaveBeenCalledOnce();
  });

  it('reads a line as a sentence of rank, phrase, score, meaning and source', async () => {
    await app.lookup.run(query);
    await settle();
    const words = page.target
      .querySelector('[role=option]')!
      .textContent!.replace(/\s+/g, ' ')
      .replace(/ (?=[.,])/g, '')
      .trim();
    expect(words).toBe(
      '1. pollution abatement, score 0.96, very close, similarity 0.91, from Labelled targets',
    );
  });

  it('offers the way back when the filter hides everything', async () => {
    await app.lookup.run(query);
    app.view.text = 'zzz';
    await settle();
    page.target.querySelector('button')!.click();
    await settle();
    expect(page.target.querySelectorAll('[role=option]').length).toBe(30);
  });
});
