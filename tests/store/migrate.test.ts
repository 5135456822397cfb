import { describe, expect, it } from 'vitest';
import { migrate } from '../../src-main/store/migrate.ts';
import { migrations } from '../../src-main/store/migrations/all.ts';
import { openStore } from '../../src-main/store/open.ts';

describe('the schema', () => {
  it('is, after all migrations from nothing, the one on record', async () => {
    const store = openStore(':memory:');
    const statements = store.values<string>(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
         AND name NOT LIKE 'phrase_words_%' AND name NOT LIKE 'word_fragments_%' ORDER BY type DESC, name`,
    );
    await expect(`${statements.join(';\n\n')};\n`).toMatchFileSnapshot('schema.sql');
    store.close();
  });

  it('has strict tables only', () => {
    const store = openStore(':memory:');
    const loose = store.values<string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
         AND name NOT LIKE 'sqlite_%'`,
    );
    expect(loose).toEqual([]);
    store.close();
  });

  it('numbers its migrations without gaps', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  });
});

describe('the migration runner', () => {
  function fakeDatabase(version: number) {
    const statements: string[] = [];
    const database = {
      path: 'x.db',
      version,
      exec: (sql: string) => {
        statements.push(sql);
        const set = /user_version = (\d+)/.exec(sql)?.[1];
        if (set !== undefined) database.version = Number(set);
      },
    };
    return { database, statements };
  }
  const steps = [1, 2, 3].map((version) => ({
    version,
    name: `step ${version}`,
    up: (exec: (sql: string) => void) => exec(`STEP ${version}`),
  }));

  it('runs only the steps that are missing, each in its own transaction', () => {
    const { database, statements } = fakeDatabase(1);
    migrate(database, steps);
    expect(statements).toEqual([
      ...['BEGIN IMMEDIATE', 'STEP 2', 'PRAGMA user_version = 2', 'COMMIT'],
      ...['BEGIN IMMEDIATE', 'STEP 3', 'PRAGMA user_version = 3', 'COMMIT'],
    ]);
  });

  it('takes a failed step back and leaves the version where it was', () => {
    const { database, statements } = fakeDatabase(0);
    const failing = { version: 1, name: 'failing', up: () => expect.fail('no space') };
    expect(() => migrate(database, [failing])).toThrow('no space');
    expect([statements.at(-1), database.version]).toEqual(['ROLLBACK', 0]);
  });

  it('refuses migrations that are out of order', () => {
    const { database } = fakeDatabase(0);
    expect(() => migrate(database, [...steps].reverse())).toThrow('has version 3; expected 1');
  });
});
