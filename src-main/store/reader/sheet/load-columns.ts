import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../../store.ts';
import type { SheetHead } from '../../tables/sheet-read-head.ts';
import { growing } from './growing.ts';
import type { SheetColumns } from './sheet-columns.ts';

// Some 10 ms of reading; also how long the log of the database is held by one look at it.
const rowsAtOnce = 10_000;

// Lists made by SQLite and parsed at once take half the time of a million row objects.
const slice = `
SELECT json_group_array(line) AS lines, json_group_array(anchor_id) AS anchors, json_group_array(target_id) AS targets,
  json_group_array(symbol) AS symbols, json_group_array(score) AS scores,
  json_group_array(error IS NOT NULL) AS failed
FROM (SELECT line, anchor_id, target_id, symbol, score, error FROM sheet_row
  WHERE sheet_id = ? AND line > ? ORDER BY line LIMIT ${rowsAtOnce})`;

type Slice = Readonly<Record<'lines' | 'anchors' | 'targets' | 'symbols' | 'scores' | 'failed', string>>;

/** Reads the columns of a sheet, a slice each turn of the event loop. */
export async function loadColumns(store: Store, head: SheetHead): Promise<SheetColumns> {
  const lines = growing(Int32Array, head.rows);
  const anchors = growing(Int32Array, head.rows);
  const targets = growing(Int32Array, head.rows);
  const symbols = growing(Int32Array, head.rows);
  const scores = growing(Float64Array, head.rows);
  const failed = growing(Uint8Array, head.rows);
  const placeOf = new Map<string, number>();
  let last = -1;
  for (;;) {
    const read = store.get<Slice>(slice, head.id, last);
    const found = list<number>(read?.lines);
    if (found.length === 0) break;
    last = found.at(-1) ?? last;
    lines.add(found);
    anchors.add(list<number>(read?.anchors));
    targets.add(list<number>(read?.targets));
    symbols.add(
      list<string>(read?.symbols).map((symbol) => {
        const place = placeOf.get(symbol);
        if (place !== undefined) return place;
        placeOf.set(symbol, placeOf.size);
        return placeOf.size - 1;
      }),
    );
    scores.add(list<number | null>(read?.scores).map((score) => score ?? Number.NaN));
    failed.add(list<number>(read?.failed));
    if (found.length < rowsAtOnce) break;
    await nextTurn();
  }
  return {
    lines: lines.filled(),
    anchors: anchors.filled(),
    targets: targets.filled(),
    symbols: symbols.filled(),
    symbolNames: [...placeOf.keys()],
    scores: scores.filled(),
    failed: failed.filled(),
  };
}

const scoresSlice = `
SELECT max(line) AS last, json_group_array(score) AS scores, json_group_array(error IS NOT NULL) AS failed
FROM (SELECT line, score, error FROM sheet_row WHERE sheet_id = ? AND line > ? ORDER BY line LIMIT ${rowsAtOnce})`;

interface ScoresSlice {
  readonly last: number | null;
  readonly scores: string;
  readonly failed: string;
}

/** The same rows with their scores as they are now, in half the time; null where there are other rows. */
export async function reloadScores(
  store: Store,
  sheetId: number,
  columns: SheetColumns,
): Promise<SheetColumns | null> {
  const scores = growing(Float64Array, columns.lines.length);
  const failed = growing(Uint8Array, columns.lines.length);
  for (let last: number | null = -1; last !== null;) {
    const read: ScoresSlice | undefined = store.get<ScoresSlice>(scoresSlice, sheetId, last);
    last = read?.last ?? null;
    scores.add(list<number | null>(read?.scores).map((score) => score ?? Number.NaN));
    failed.add(list<number>(read?.failed));
    await nextTurn();
  }
  const reloaded = { ...columns, scores: scores.filled(), failed: failed.filled() };
  return reloaded.scores.length === columns.lines.length ? reloaded : null;
}

function list<Value>(text: string | undefined): Value[] {
  return JSON.parse(text ?? '[]') as Value[];
}
