import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../../store.ts';
import type { SheetColumns } from './sheet-columns.ts';

/** Phrases by id: the place in alphabetical order, or -1 where it is not known; id 0 stands for no phrase. */
export type PhraseRanks = Int32Array;

const phrasesAtOnce = 10_000;
// Below so many, looking each up is quicker than walking over every phrase of the workspace.
const fewPhrases = 30_000;

/** The alphabetical order of the phrases that the rows of a sheet name, by code points of the normalised text. */
export async function rankPhrases(
  store: Store,
  { anchors, targets }: Pick<SheetColumns, 'anchors' | 'targets'>,
): Promise<PhraseRanks> {
  const newest = Math.max(largest(anchors), largest(targets));
  const ranks = new Int32Array(newest + 1).fill(-1);
  const named = new Uint8Array(newest + 1);
  for (const column of [anchors, targets]) for (const id of column) named[id] = 1;
  named[0] = 0;
  const ids = named.reduce((count, is) => count + is, 0) < fewPhrases ? placesOf(named) : null;
  let rank = 0;
  if (ids !== null) {
    const sorted = store.value<string>(
      `SELECT json_group_array(id) FROM (SELECT id FROM phrase
         WHERE id IN (SELECT value FROM json_each(?)) ORDER BY key)`,
      JSON.stringify(ids),
    );
    for (const id of JSON.parse(sorted ?? '[]') as number[]) ranks[id] = rank++;
    return ranks;
  }
  for (let last: string | null = ''; last !== null;) {
    const slice = nextPhrases(store, last);
    for (const id of slice.ids) if (id <= newest) ranks[id] = rank++;
    last = slice.last;
    await nextTurn();
  }
  return ranks;
}

function nextPhrases(store: Store, after: string): { readonly ids: number[]; readonly last: string | null } {
  const slice = store.get<{ readonly ids: string; readonly last: string | null }>(
    `SELECT json_group_array(id) AS ids, max(key) AS last FROM
       (SELECT id, key FROM phrase WHERE key > ? ORDER BY key LIMIT ${phrasesAtOnce})`,
    after,
  );
  return { ids: JSON.parse(slice?.ids ?? '[]') as number[], last: slice?.last ?? null };
}

function placesOf(named: Uint8Array): number[] {
  const places: number[] = [];
  named.forEach((is, place) => is === 1 && places.push(place));
  return places;
}

function largest(ids: Int32Array): number {
  let found = 0;
  for (const id of ids) if (id > found) found = id;
  return found;
}
