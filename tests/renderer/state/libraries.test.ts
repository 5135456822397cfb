import { describe, expect } from 'vitest';
import { Libraries } from '../../../src-renderer/state/libraries.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import { settle, testWithEffect } from '../support/with-effect.svelte.ts';

async function make(): Promise<Libraries> {
  const libraries = new Libraries(fakeApi());
  await libraries.refresh();
  return libraries;
}

describe('Libraries', () => {
  testWithEffect('searches all of them at first', async () => {
    const libraries = await make();
    expect([libraries.all, libraries.ids, libraries.summary]).toEqual([true, [], 'All libraries']);
  });

  testWithEffect('names one, counts several, and takes every one for all', async () => {
    const libraries = await make();
    libraries.toggle(2);
    expect([libraries.ids, libraries.summary]).toEqual([[2], 'Labelled targets']);
    libraries.toggle(1);
    expect([libraries.ids, libraries.summary]).toEqual([[1, 2], '2 of 3 libraries']);
    libraries.toggle(3);
    expect(libraries.all).toBe(true);
  });

  testWithEffect('forgets a chosen library that was removed', async () => {
    const api = fakeApi();
    const libraries = new Libraries(api);
    await libraries.refresh();
    libraries.follow();
    libraries.choose([2, 3]);
    const remaining = (await api.call('libraries.list', {})).filter((entry) => entry.id !== 3);
    api.answer('libraries.list', () => remaining);
    api.emit('libraries.changed', {});
    await settle();
    expect(libraries.ids).toEqual([2]);
  });

  testWithEffect('knows when there is nothing but what came with the product', async () => {
    const libraries = new Libraries(fakeApi({ onlyBuiltIn: true }));
    expect(libraries.onlyBuiltIn).toBe(false);
    await libraries.refresh();
    expect(libraries.onlyBuiltIn).toBe(true);
  });
});
