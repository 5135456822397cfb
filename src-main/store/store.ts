import type Database from 'better-sqlite3';
import { storeError } from './store-error.ts';

/** What a statement takes and gives. */
export type SqlValue = number | bigint | string | Uint8Array | null;

/** What a writing statement did. */
export interface Written {
  readonly changes: number;
  readonly lastId: number;
}

/**
 * An open workspace database. Statements are prepared once and kept; what SQLite throws becomes an AppError where the
 * user can act on it. Only the files in store/ write SQL.
 */
export class Store {
  readonly path: string;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #plucked = new Map<string, Database.Statement>();

  constructor(database: Database.Database, path: string) {
    this.#database = database;
    this.path = path;
  }

  /** All rows. */
  all<Row>(sql: string, ...parameters: SqlValue[]): Row[] {
    return this.#guarded(() => this.#statement(sql).all(...parameters) as Row[]);
  }

  /** The first row. */
  get<Row>(sql: string, ...parameters: SqlValue[]): Row | undefined {
    return this.#guarded(() => this.#statement(sql).get(...parameters) as Row | undefined);
  }

  /** The first column of the first row. */
  value<Value extends SqlValue>(sql: string, ...parameters: SqlValue[]): Value | undefined {
    return this.#guarded(() => this.#pluck(sql).get(...parameters) as Value | undefined);
  }

  /** The first column of every row. */
  values<Value extends SqlValue>(sql: string, ...parameters: SqlValue[]): Value[] {
    return this.#guarded(() => this.#pluck(sql).all(...parameters) as Value[]);
  }

  /** Runs a writing statement. */
  run(sql: string, ...parameters: SqlValue[]): Written {
    return this.#guarded(() => {
      const { changes, lastInsertRowid } = this.#statement(sql).run(...parameters);
      return { changes, lastId: Number(lastInsertRowid) };
    });
  }

  /** Runs statements without parameters, such as the making of a table. */
  exec(sql: string): void {
    this.#guarded(() => this.#database.exec(sql));
  }

  /** All or nothing: takes the write lock first; inside another transaction the work becomes part of that one. */
  transaction<Result>(work: () => Result): Result {
    if (this.#database.inTransaction) return work();
    return this.#guarded(() => this.#database.transaction(work).immediate());
  }

  /** Closes the file; a second call does nothing. */
  close(): void {
    if (!this.#database.open) return;
    this.#statements.clear();
    this.#plucked.clear();
    this.#database.close();
  }

  #guarded<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw storeError(error, this.path);
    }
  }

  #statement(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }

  #pluck(sql: string): Database.Statement {
    let statement = this.#plucked.get(sql);
    if (statement === undefined) this.#plucked.set(sql, (statement = this.#database.prepare(sql).pluck()));
    return statement;
  }
}
