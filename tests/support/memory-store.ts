import { onTestFinished } from 'vitest';
import { openStore } from '../../src-main/store/open.ts';
import type { Store } from '../../src-main/store/store.ts';

/** A fresh workspace database in memory, closed when the test is over. */
export function memoryStore(): Store {
  const store = openStore(':memory:');
  onTestFinished(() => store.close());
  return store;
}
