import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PlacedTitle } from '../cpc/placed-titles.ts';
import { readTitleList, surveyTitleList, type TitleList } from '../cpc/read-title-list.ts';
import { cpcFactsAfter, removeCpc, replaceCpc, type CpcFacts } from '../store/tables/cpc-edition.ts';
import { ensureLibrary } from '../store/tables/library.ts';
import type { Store } from '../store/store.ts';
import type { OnProgress } from './app.ts';
import { cpcLibrary } from './cpc-library.ts';
import { newCpcRow } from './cpc-new-rows.ts';
import { pacedBatches, throwIfCancelled, type PacedOptions } from './paced-batches.ts';

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
 * The whole list is read and checked before anything is written; then its sections are read and stored one by one.
 * Writing goes in small transactions, each sound by itself and each the same when it is repeated, so that an import
 * that was cut off is finished by running it again.
 */
export async function importCpc(
  store: Store,
  input: { readonly path: string },
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): Promise<CpcImportResult> {
  throwIfCancelled(signal);
  onProgress(0, null, `Reading ${basename(input.path)}`);
  const survey = await surveyTitleList(input.path, signal);
  const { bad, badCount, skipped } = survey;
  const library = ensureLibrary(store, cpcLibrary);
  const counts = { symbols: 0, added: 0, updated: 0, unchanged: 0, removed: 0 };
  for (const files of survey.parts) {
    const list = await readTitleList(input.path, signal, files);
    const plan = await planEdition(store, list, signal);
    const before = counts.symbols + plan.unchanged;
    await storePlan(store, library.id, list, plan, {
      signal,
      onDone: (done) => onProgress(before + done, survey.symbols, 'Storing titles'),
    });
    counts.symbols += list.titles.length;
    counts.added += plan.added;
    counts.updated += plan.write.length - plan.added;
    counts.unchanged += plan.unchanged;
    counts.removed += plan.remove.length;
  }
  onProgress(counts.symbols, counts.symbols, 'Storing titles');
  return { ...counts, bad, badCount, skipped };
}

async function storePlan(
  store: Store,
  libraryId: number,
  { parents }: TitleList,
  { write, remove }: Edition,
  options: PacedOptions,
): Promise<void> {
  const storeTitles = (batch: readonly PlacedTitle[]): void => {
    const rows = batch.map((title) => newCpcRow(title, parents));
    replaceCpc(store, libraryId, rows);
  };
  await pacedBatches(store, write, storeTitles, options);
  const { signal } = options;
  await pacedBatches(store, remove, (batch) => removeCpc(store, libraryId, batch), { signal });
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
