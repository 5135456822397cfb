import type { Store } from '../store.ts';

/** A stored setting as it was written, null where there is none. */
export function readSetting(store: Store, key: string): unknown {
  const value = store.value<string>('SELECT value FROM setting WHERE key = ?', key);
  return value === undefined ? null : (JSON.parse(value) as unknown);
}

/** Stores a setting as JSON. */
export function writeSetting(store: Store, key: string, value: unknown): void {
  store.run(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    JSON.stringify(value),
  );
}
