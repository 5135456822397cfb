import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import RankingActs from '../../../../src-renderer/screens/lookup/RankingActs.svelte';
import { createAppState } from '../../../../src-renderer/state/app-state.ts';
import type { AppState } from '../../../../src-renderer/state/app-state.ts';
import { Connection } from '../../../../src-renderer/state/connection.svelte.ts';
import { fakeAddress } from '../../support/fake-address.ts';
import { fakeApi } from '../../support/fake-api.ts';
import type { FakeApi } from '../../support/fake-api.ts';
import { mounted } from '../../support/mounted.ts';
import type { Mounted } from '../../support/mounted.ts';
import { settle } from '../../support/with-effect.svelte.ts';

describe('what can be made of a ranking', () => {
  let api: FakeApi;
  let app: AppState;
  let page: Mounted;
  const text = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
  const dialog = () => page.target.querySelector('dialog')!;
  const query = () => dialog().querySelector('textarea')!.value;
  const submit = async () => {
    dialog()
      .querySelector('form')!
      .dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
  };
  const tick = async (words: string) => {
    [...dialog().querySelectorAll('label')].find((label) => text(label).startsWith(words))!.click();
    await settle();
  };

  async function pick(menu: string, item: string): Promise<void> {
    const find = (words: string) =>
      [...page.target.querySelectorAll('button')].find((button) => text(button).startsWith(words))!;
    find(menu).click();
    await settle();
    find(item).click();
    await settle();
  }

  beforeEach(async () => {
    api = fakeApi({ phrases: 30 });
    app = createAppState(api, new Connection(), fakeAddress());
    await app.lookup.run({
      anchor: 'abatement of pollution',
      context: 'A47',
      libraryIds: [],
      limit: 100,
    });
    page = mounted(RankingActs, { app, ranking: app.lookup.shown! });
  });
  afterEach(() => page.end());

  it('is a query of the anchor and the first phrases, in the class', async () => {
    await pick('Query', 'The Lens');
    expect(query()).toContain('"pollution abatement"');
    expect(query()).toContain('class_cpc.symbol:A47*');
    await tick('Only in');
    expect(query()).not.toContain('class_cpc');
    const before = query();
    page.type(dialog().querySelector('input[type=number]')!, '1');
    await settle();
    expect(query().length).toBeLessThan(before.length);
    await tick('Titles');
    await tick('Abstracts');
    expect(query()).toContain('abstract:');
    expect(query()).not.toContain('title:');
  });

  it('is a query of what is selected, in another syntax', async () => {
    app.view.toggleSelected(app.view.rows[3]!.result.phraseId);
    await pick('Query', 'Espacenet');
    await tick('And the anchor');
    const { phrase } = app.view.rows[3]!.result;
    expect(query()).toContain(phrase.split(' ')[0]);
    expect(query()).not.toContain('pollution abatement');
    const system = dialog().querySelector('select')!;
    system.value = 'orbit';
    system.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(query()).toMatch(/\/TI\/AB|\/TI|\/AB/);
  });

  it('copies the query', async () => {
    const writeText = vi.fn(async () => {});
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    await pick('Query', 'Google Patents');
    await submit();
    expect(writeText).toHaveBeenCalledWith(query());
    expect(app.notices.toast?.text).toBe('Query for Google Patents copied');
    vi.unstubAllGlobals();
  });

  it('exports the phrases in the order shown', async () => {
    app.view.minimum = 3;
    await pick('Export', 'Export…');
    await submit();
    const asked = api.calls.findLast(({ name }) => name === 'exports.start')!.input;
    expect(asked).toMatchObject({
      source: {
        of: 'ranking',
        anchor: 'abatement of pollution',
        context: 'A47',
        phraseIds: app.view.rows.map(({ result }) => result.phraseId),
      },
    });
  });

  it('scores the anchor against a library', async () => {
    await pick('Export', 'Score against a library');
    expect(dialog().querySelector('textarea')!.value).toBe('abatement of pollution');
    expect(dialog().querySelector<HTMLInputElement>('input[list]')!.value).toBe('A47');
  });
});
