import { afterEach, beforeEach, expect, it } from 'vitest';
import { getSettings, setSettings } from '../../src-main/services/settings.ts';
import { openStore } from '../../src-main/store/open.ts';
import type { Store } from '../../src-main/store/store.ts';
import { writeSetting } from '../../src-main/store/tables/setting.ts';

let store: Store;
beforeEach(() => (store = openStore(':memory:')));
afterEach(() => store.close());

it('starts with the defaults and keeps what is set', () => {
  expect(getSettings({ store })).toEqual({ theme: 'system', limit: 100 });
  expect(setSettings({ store }, { theme: 'dark' })).toEqual({ theme: 'dark', limit: 100 });
  expect(setSettings({ store }, { limit: 20 })).toEqual({ theme: 'dark', limit: 20 });
});

it('goes back to the default for a value that this version cannot read', () => {
  writeSetting(store, 'theme', 'sepia');
  writeSetting(store, 'limit', 7);
  expect(getSettings({ store })).toEqual({ theme: 'system', limit: 7 });
});
