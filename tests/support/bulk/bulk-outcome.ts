import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseName } from '../../../src-main/services/app.ts';
import { openStore } from '../../../src-main/store/open.ts';

/** What came out of the chain: counts to read, and hashes that are the same for the same content. */
export type BulkOutcome = Readonly<Record<string, string | number>>;

// Ids are left out: a run that was cut off may have used some up.
const contents: Readonly<Record<string, string>> = {
  sheets:
    'SELECT name, columns, scoring, rows, bad, scored, failed, complete, content_hash FROM sheet ORDER BY id',
  rows: `SELECT line, anchor.key, target.key, symbol, label, cells, score, relation, error FROM sheet_row
    LEFT JOIN phrase AS anchor ON anchor.id = anchor_id LEFT JOIN phrase AS target ON target.id = target_id
    ORDER BY sheet_id, line`,
  named: 'SELECT sheet_id, key FROM sheet_phrase JOIN phrase ON phrase.id = phrase_id ORDER BY sheet_id, key',
  bad: 'SELECT line, column_name, found, expected, cells FROM sheet_bad ORDER BY sheet_id, line',
  library: `SELECT key, display, symbol FROM library_phrase JOIN library ON library.id = library_id AND name = 'bulk'
    JOIN phrase ON phrase.id = phrase_id ORDER BY key, symbol`,
  libraries: 'SELECT name, kind, phrases FROM library ORDER BY name',
  phrases: 'SELECT key, display FROM phrase ORDER BY key',
  words: 'SELECT word FROM word ORDER BY word',
  scores: `SELECT anchor.key, target.key, score FROM score JOIN score_set ON score_set.id = set_id
    JOIN text AS anchor ON anchor.id = anchor_id JOIN text AS target ON target.id = target_id
    ORDER BY anchor.key, target.key, context_id`,
  tally: 'SELECT name, value FROM tally ORDER BY name',
};

/** Reads what a finished chain has left, and checks that the database and its word index are whole. */
export function bulkOutcome(workspace: string, folder: string): BulkOutcome {
  const store = openStore(join(workspace, databaseName));
  try {
    const outcome: Record<string, string | number> = {
      integrity: store.values<string>('PRAGMA integrity_check').join('; '),
      // Throws where a phrase is missing in the index of words, or one too many is there.
      wordIndex: store.run(`INSERT INTO phrase_words (phrase_words, rank) VALUES ('integrity-check', 1)`)
        .changes,
      pending:
        store.value<number>('SELECT (SELECT max(id) FROM phrase) - max(embedded_to) FROM retriever') ?? -1,
    };
    for (const [name, sql] of Object.entries(contents)) {
      const rows = store.all<Record<string, unknown>>(sql);
      outcome[name] = rows.length;
      outcome[`${name} hash`] = hashOf(JSON.stringify(rows.map((row) => Object.values(row))));
    }
    for (const file of ['scored.csv', 'exported.csv'])
      outcome[file] = hashOf(readFileSync(join(folder, file)));
    return outcome;
  } finally {
    store.close();
  }
}

function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
