import { AppError } from '../contract/app-error.ts';
import type { Migration } from './migrations/migration.ts';

/** What the migration runner needs of a database. */
export interface Migratable {
  readonly path: string;
  readonly version: number;
  readonly exec: (sql: string) => void;
}

/** Brings a database to the newest schema, one transaction a step; refuses a file from a newer program. */
export function migrate(database: Migratable, migrations: readonly Migration[]): void {
  const newest = migrations.length;
  refuseNewer(database, newest);
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) {
      throw new Error(`Migration ${migration.name} has version ${migration.version}; expected ${index + 1}.`);
    }
  });
  for (const migration of migrations.slice(database.version)) {
    database.exec('BEGIN IMMEDIATE');
    try {
      // Another process may have taken this step while we waited for the lock.
      if (database.version < migration.version) {
        migration.up(database.exec);
        database.exec(`PRAGMA user_version = ${migration.version}`);
      }
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** Throws `database-newer` where the file's version is above the newest that this program knows. */
export function refuseNewer(database: Pick<Migratable, 'path' | 'version'>, newest: number): void {
  if (database.version <= newest) return;
  throw new AppError(
    'database-newer',
    `The workspace database ${database.path} was written by a newer Priorphrase: its version is ` +
      `${database.version}, this program knows versions up to ${newest}. Install the newer program, or start ` +
      `with another workspace folder. Nothing was changed.`,
    { path: database.path, found: database.version, supported: newest },
  );
}
