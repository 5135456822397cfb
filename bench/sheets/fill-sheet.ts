import type { Store } from '../../src-main/store/store.ts';
import { upsertPhrases } from '../../src-main/store/tables/phrase.ts';
import { seededRandom } from '../../tests/support/seeded-random.ts';
import { benchPhrases } from '../bench-phrases.ts';

const classes = 130;
const rowsAtOnce = 5000;

/**
 * Makes a sheet of scored rows of five cells: a tenth as many phrases as rows, anchors a hundredth; of a thousand rows one
 * could not be scored and nine wait. Gives its id.
 */
export async function fillSheet(store: Store, rows: number): Promise<number> {
  const random = seededRandom(7);
  const { phrases } = await benchPhrases(Math.max(100, Math.floor(rows / 10)));
  const ids: number[] = [];
  for (let at = 0; at < phrases.length; at += 1000) {
    ids.push(...upsertPhrases(store, phrases.slice(at, at + 1000)));
    await store.rest();
  }
  const columns = ['id', 'anchor', 'target', 'context', 'note'].map((name) => ({
    name,
    role: name === 'id' ? null : name,
  }));
  const scoring = {
    scorer: 'bench',
    hash: 'bench',
    mode: 'pair',
    context: null,
    ratingCuts: [0.1, 0.4, 0.6, 0.9],
  };
  const { lastId: sheet } = store.run(
    `INSERT INTO sheet (name, columns, scoring, rows, scored, failed, complete, created_at)
     VALUES ('bench', ?, ?, ?, ?, ?, 1, '2026-01-01')`,
    JSON.stringify(columns),
    JSON.stringify(scoring),
    rows,
    rows,
    Math.floor(rows / 1000),
  );
  const pick = (most: number): number => Math.floor(random() * most);
  for (let start = 0; start < rows; start += rowsAtOnce) {
    store.transaction(() => {
      for (let row = start; row < Math.min(rows, start + rowsAtOnce); row++) {
        const anchor = pick(Math.max(1, ids.length / 10));
        const target = pick(ids.length);
        const symbol = symbolOf(pick(classes));
        const scored = row % 1000 >= 10;
        const cells = [`r${row}`, phrases[anchor], phrases[target], `${symbol}B 1/00`, ''];
        store.run(
          `INSERT INTO sheet_row (sheet_id, line, anchor_id, target_id, symbol, cells, score, error)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          sheet,
          row + 2,
          ids[anchor] ?? 0,
          ids[target] ?? 0,
          symbol,
          JSON.stringify(cells),
          scored ? Math.round(random() ** 2 * 10_000) / 10_000 : null,
          row % 1000 === 0 ? 'The phrase is too long.' : null,
        );
      }
    });
    await store.rest();
  }
  return sheet;
}

function symbolOf(index: number): string {
  return `${'ABCDEFGHY'[index % 9] ?? 'A'}${String(1 + Math.floor(index / 9) * 3 + (index % 9)).padStart(2, '0')}`;
}
