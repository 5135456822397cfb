import { builtinTitles } from '../cpc/builtin-titles.ts';
import { countCpc, getCpc, upsertCpc } from '../store/tables/cpc.ts';
import { ensureLibrary, type NewLibrary } from '../store/tables/library.ts';
import type { Store } from '../store/store.ts';
import { newCpcRow } from './cpc-new-rows.ts';
import { pacedBatches } from './paced-batches.ts';

/** The built-in library: every title of the CPC scheme that is there. */
export const cpcLibrary: NewLibrary = { name: 'CPC titles', kind: 'builtin', source: 'EPO and USPTO' };

/**
 * Puts the built-in sections, classes and subclasses into a workspace that lacks them; what is there, perhaps of a
 * newer edition, stays as it is. Gives the number of symbols added.
 */
export async function ensureBuiltinCpc(store: Store, resourcesDir: string): Promise<number> {
  const library = ensureLibrary(store, cpcLibrary);
  const titles = await builtinTitles(resourcesDir);
  // Also in a workspace whose first start was cut off half-way.
  if (countCpc(store) >= titles.length) return 0;
  const parents = new Set(titles.flatMap(({ parent }) => parent ?? []));
  const missing = titles.filter((title) => getCpc(store, title.symbol) === null);
  await pacedBatches(store, missing, (batch) => {
    upsertCpc(
      store,
      library.id,
      batch.map((title) => newCpcRow(title, parents)),
    );
  });
  return missing.length;
}
