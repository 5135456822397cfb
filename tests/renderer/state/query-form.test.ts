import { describe, expect } from 'vitest';
import { createAppState } from '../../../src-renderer/state/app-state.ts';
import { Connection } from '../../../src-renderer/state/connection.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import { settle, testWithEffect } from '../support/with-effect.svelte.ts';

const make = () => {
  const api = fakeApi();
  return { api, app: createAppState(api, new Connection()) };
};
const retrieved = (api: ReturnType<typeof fakeApi>) =>
  api.calls.filter((call) => call.name === 'rank.retrieve').map((call) => call.input);

describe('QueryForm', () => {
  testWithEffect('says what is missing only once the user has tried', () => {
    const { api, app } = make();
    expect([app.form.anchorError, app.form.contextError]).toEqual([null, null]);
    expect(app.form.submit()).toBe(false);
    expect(app.form.anchorError).toBe('Type the phrase to compare with.');
    expect(app.form.contextError).toBe('Choose the class in which to compare.');
    expect(retrieved(api)).toEqual([]);
  });

  testWithEffect('takes an anchor of control characters for empty and refuses one that is too long', () => {
    const { app } = make();
    app.form.anchor = '\u0007\u200b ';
    app.form.submit();
    expect(app.form.anchorError).toBe('Type the phrase to compare with.');
    app.form.anchor = 'a'.repeat(10_000);
    expect(app.form.anchorError).toMatch(/10,000 characters; at most 1,000/);
  });

  testWithEffect('sends the typed symbol, the chosen libraries and the limit', async () => {
    const { api, app } = make();
    await app.libraries.refresh();
    await app.settings.change({ limit: 25 });
    app.libraries.toggle(2);
    app.form.anchor = 'wooden table';
    app.picker.type('A47B');
    expect(app.form.submit()).toBe(true);
    expect(retrieved(api)).toEqual([{ anchor: 'wooden table', context: 'A47B', libraryIds: [2], limit: 25 }]);
  });

  testWithEffect(
    'repeats a past query with its libraries and forgets the filter of the last results',
    async () => {
      const { api, app } = make();
      await app.libraries.refresh();
      app.view.text = 'left over';
      app.form.repeat({
        id: 1,
        anchor: 'electrode plate',
        context: 'H01',
        libraryIds: [3],
        results: 1,
        at: '',
      });
      await settle();
      expect(retrieved(api)).toMatchObject([{ anchor: 'electrode plate', context: 'H01', libraryIds: [3] }]);
      expect([app.form.anchor, app.picker.symbol, app.libraries.ids, app.view.text]).toEqual([
        'electrode plate',
        'H01',
        [3],
        '',
      ]);
    },
  );
});
