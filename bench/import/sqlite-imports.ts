import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What the command-line shell of SQLite takes for the same file. */
export interface SqliteImport {
  readonly what: string;
  readonly seconds: number;
}

const table = 'CREATE TABLE t (id TEXT, anchor TEXT, target TEXT, context TEXT, score TEXT);';
const index = `CREATE VIRTUAL TABLE f USING fts5(anchor, target, content='t', tokenize='porter unicode61 remove_diacritics 2');`;
const trigger =
  'CREATE TRIGGER i AFTER INSERT ON t BEGIN INSERT INTO f (rowid, anchor, target) VALUES (new.rowid, new.anchor, new.target); END;';
const fill = 'INSERT INTO f (rowid, anchor, target) SELECT rowid, anchor, target FROM t;';

/** Imports a CSV with `sqlite3 .import` into new databases in a folder; says on standard error where there is no sqlite3. */
export function sqliteImports(csv: string, folder: string): SqliteImport[] {
  const importing = `.import --csv --skip 1 "${csv}" t`;
  const ways: readonly (readonly [string, readonly string[]])[] = [
    ['bare table', [table, importing]],
    ['table with the full-text index, kept by a trigger', [table, index, trigger, importing]],
    ['table, then the full-text index filled from it', [table, index, importing, fill]],
  ];
  const found: SqliteImport[] = [];
  for (const [at, [what, lines]] of ways.entries()) {
    const started = performance.now();
    const run = spawnSync('sqlite3', ['-bail', join(folder, `sqlite-${at}.db`)], { input: lines.join('\n') });
    if (run.error !== undefined) {
      console.error(
        `There is no sqlite3 to compare with: ${run.error.message}. Install Debian's package sqlite3.`,
      );
      return [];
    }
    if (run.status !== 0) throw new Error(`sqlite3 failed: ${run.stderr.toString()}`);
    const seconds = (performance.now() - started) / 1000;
    found.push({ what, seconds });
  }
  return found;
}
