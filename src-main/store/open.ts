import Database from 'better-sqlite3';
import { CheckpointThread, logLimit } from './checkpoint-thread.ts';
import { checkFile, hasUnfinishedLog } from './check-file.ts';
import { loadVectorExtension } from './load-vector-extension.ts';
import { migrate, refuseNewer } from './migrate.ts';
import { migrations } from './migrations/all.ts';
import { ReaderThread } from './reader/reader-thread.ts';
import { corruptError, storeError } from './store-error.ts';
import { Store } from './store.ts';

/** "PRPH": tells our files from those of other programs. */
const applicationId = 0x50525048;
const busyMilliseconds = 5000;
/** A whole-file check reads everything, so after an unclean end only a small file gets it (about 0.1 s). */
const wholeCheckBytes = 32 * 2 ** 20;

/**
 * Opens or makes the workspace database at a path or `:memory:` and brings it to the newest schema. Throws
 * `database-newer` or `database-corrupt` and leaves such a file as it was.
 */
export function openStore(path: string): Store {
  const onDisk = path !== ':memory:';
  const file = onDisk ? checkFile(path) : { exists: false, bytes: 0 };
  const unfinished = onDisk && file.exists && hasUnfinishedLog(path);
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { timeout: busyMilliseconds });
    prepare(database, path, file.exists);
    if (unfinished && file.bytes <= wholeCheckBytes) checkWhole(database, path);
    if (!onDisk) return new Store(database, path);
    return new Store(database, path, new CheckpointThread(path), new ReaderThread(path));
  } catch (error) {
    database?.close();
    throw storeError(error, path);
  }
}

function prepare(database: Database.Database, path: string, exists: boolean): void {
  const version = pragma(database, 'user_version');
  if (exists && version === 0 && pragma(database, 'schema_version') > 0) {
    throw corruptError(path, 'it is an SQLite database, but not one of Priorphrase');
  }
  if (version > 0 && pragma(database, 'application_id') !== applicationId) {
    throw corruptError(path, 'it is an SQLite database of another program');
  }
  refuseNewer({ path, version }, migrations.length);
  loadVectorExtension(database);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  // The log is copied back on a thread; should that fall behind, or a reader hold it up, the commit does it at 64 MB.
  database.pragma('wal_autocheckpoint = 16384');
  // A log that starts anew is cut, so that its size tells how much there is to copy.
  database.pragma(`journal_size_limit = ${logLimit}`);
  database.pragma('temp_store = MEMORY');
  database.pragma('cache_size = -65536');
  if (version === 0) database.pragma(`application_id = ${applicationId}`);
  const open = database;
  migrate(
    {
      path,
      get version() {
        return pragma(open, 'user_version');
      },
      exec: (sql) => open.exec(sql),
    },
    migrations,
  );
  touchEveryTable(database);
}

function pragma(database: Database.Database, name: string): number {
  return Number(database.pragma(name, { simple: true }));
}

// Reads the root page of every table: cheap at any size, and a file cut short does not get past it.
function touchEveryTable(database: Database.Database): void {
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all() as string[];
  for (const name of names) database.prepare(`SELECT 1 FROM "${name}" LIMIT 1`).get();
}

function checkWhole(database: Database.Database, path: string): void {
  const found = database.prepare('PRAGMA quick_check(1)').pluck().get();
  if (found !== 'ok') throw corruptError(path, String(found));
}
