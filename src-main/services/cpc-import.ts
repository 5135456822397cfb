import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PlacedTitle } from '../cpc/placed-titles.ts';
import { readTitleList, type TitleList } from '../cpc/read-title-list.ts';
import { cpcFactsAfter, removeCpc, replaceCpc, type CpcFacts } from '../store/tables/cpc-edition.ts';
import { ensureLibrary } from '../store/tables/library.ts';
import type { Store } from '../store/store.ts';
import type { OnProgress } from './app.ts';
import { cpcLibrary } from './cpc-library.ts';
import { newCpcRow } from './cpc-new-rows.ts';
import { pacedBatches, throwIfCancelled } from './paced-batches.ts';

/** What an import of the title list did. */
export interface CpcImportResult {
  /** Symbols in the list. */
  readonly symbols: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Symbols that the list no longer has, in the sections it has. */
  readonly removed: number;
  readonly bad: TitleList['bad'];
  readonly badCount: number;
  /** Files that turned out to be no title lists. */
  readonly skipped: readonly string[];
}

/**
 * Brings the CPC scheme to the edition of an official title list: the ZIP, its unpacked folder or one of its files.
 * The whole list is read and checked before anything is written. Writing goes in small transactions, each sound by
 * itself and each the same when it is repeated, so that an import that was cut off is finished by running it again.
 */
export async function importCpc(
  store: Store,
  input: { readonly path: string },
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): Promise<CpcImportResult> {
  throwIfCancelled(signal);
  onProgress(0, null, `Reading ${basename(input.path)}`);
  const list = await readTitleList(input.path, signal);
  const plan = await planEdition(store, list, signal);
  const { parents, bad, badCount, skipped } = list;
  const total = list.titles.length;
  const library = ensureLibrary(store, cpcLibrary);
  const storeTitles = (batch: readonly PlacedTitle[]): void => {
    replaceCpc(
      store,
      library.id,
      batch.map((title) => newCpcRow(title, parents)),
    );
  };
  await pacedBatches(store, plan.write, storeTitles, {
    signal,
    onDone: (done) => onProgress(plan.unchanged + done, total, 'Storing titles'),
  });
  await pacedBatches(store, plan.remove, (batch) => removeCpc(store, library.id, batch), { signal });
  onProgress(total, total, 'Storing titles');
  const { unchanged, added } = plan;
  const updated = plan.write.length - added;
  return { symbols: total, added, updated, unchanged, removed: plan.remove.length, bad, badCount, skipped };
}

interface Edition {
  readonly write: readonly PlacedTitle[];
  readonly added: number;
  readonly unchanged: number;
  readonly remove: readonly string[];
}

/** Compares the list with what is stored, so that only what differs is written. */
async function planEdition(
  store: Store,
  { titles, bySymbol, parents }: TitleList,
  signal: AbortSignal | undefined,
): Promise<Edition> {
  const same = new Set<string>();
  const remove: string[] = [];
  let stored = 0;
  for (const section of new Set(titles.map((title) => title.symbol.slice(0, 1)))) {
    for await (const page of storedFacts(store, section, signal)) {
      for (const facts of page) {
        const title = bySymbol.get(facts.symbol);
        if (title === undefined) {
          remove.push(facts.symbol);
          continue;
        }
        stored++;
        if (isSame(facts, title, parents)) same.add(facts.symbol);
      }
    }
  }
  const write = titles.filter((title) => !same.has(title.symbol));
  return { write, added: titles.length - stored, unchanged: same.size, remove };
}

async function* storedFacts(
  store: Store,
  section: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly CpcFacts[]> {
  for (let after = ''; ;) {
    throwIfCancelled(signal);
    const page = cpcFactsAfter(store, after, section, 2000);
    yield page;
    const last = page[page.length - 1];
    if (last === undefined) return;
    after = last.symbol;
    await nextTurn();
  }
}

function isSame(facts: CpcFacts, title: PlacedTitle, parents: ReadonlySet<string>): boolean {
  return (
    facts.title === title.title &&
    facts.parent === title.parent &&
    facts.position === title.position &&
    (facts.hasChildren === 1) === parents.has(title.symbol)
  );
}
