import type { JobContext } from '../../src-main/services/job-context.ts';
import { createFileShelf } from '../../src-main/services/file-shelf.ts';
import type { Store } from '../../src-main/store/store.ts';
import { lookupFixture } from './lookup-fixture.ts';

/** What jobs work with, over a fake engine and fake packs, with a shelf in a folder. */
export function jobContext(store: Store, dataDir: string): JobContext {
  const { context } = lookupFixture({ store });
  return {
    ...context,
    files: createFileShelf({ store, dataDir }),
    packsWith: () => {
      throw new Error('There is one fake scorer.');
    },
    queuePasswords: new Map(),
  };
}
