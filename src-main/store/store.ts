import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { CheckpointThread } from './checkpoint-thread.ts';
import { inlineReader } from './reader/inline-reader.ts';
import type { Reader } from './reader/reader.ts';
import { storeError } from './store-error.ts';

/** What a statement takes and gives. */
export type SqlValue = number | bigint | string | Uint8Array | null;

/** What a writing statement did. */
export interface Written {
  readonly changes: number;
  readonly lastId: number;
}

// The log is copied back in the background from here on.
const copiedFrom = 8 * 2 ** 20;

/**
 * An open workspace database. Statements are prepared once and kept; what SQLite throws becomes an AppError where the
 * user can act on it. Only the files in store/ write SQL.
 */
export class Store {
  readonly path: string;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #plucked = new Map<string, Database.Statement>();
  #rollbacks = 0;
  #checkpoints: CheckpointThread | null;
  #reader: Reader | null;

  /**
   * Without a checkpoint thread, SQLite copies the log back within the commit that makes it long. Without a reader on a
   * thread of its own, long questions are answered in slices on the caller's.
   */
  constructor(
    database: Database.Database,
    path: string,
    checkpoints: CheckpointThread | null = null,
    reader: Reader | null = null,
  ) {
    this.#database = database;
    this.path = path;
    this.#checkpoints = checkpoints;
    this.#reader = reader;
  }

  /** Who answers questions that may take long. */
  get reader(): Reader {
    return (this.#reader ??= inlineReader(this));
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
      if (!this.#database.inTransaction) this.#committed();
      return { changes, lastId: Number(lastInsertRowid) };
    });
  }

  /** Runs statements without parameters, such as the making of a table. */
  exec(sql: string): void {
    this.#guarded(() => this.#database.exec(sql));
  }

  /** How many transactions were taken back: what is remembered of rows written before may be wrong then. */
  get rollbacks(): number {
    return this.#rollbacks;
  }

  /** All or nothing: takes the write lock first; inside another transaction the work becomes part of that one. */
  transaction<Result>(work: () => Result): Result {
    if (this.#database.inTransaction) return work();
    try {
      const result = this.#guarded(() => this.#database.transaction(work).immediate());
      this.#committed();
      return result;
    } catch (error) {
      this.#rollbacks += 1;
      throw error;
    }
  }

  /**
   * What long work does between two of its transactions: lets the event loop turn, and waits while the log is copied
   * back. A commit meanwhile would wait for the same disk, with the event loop; and the log could not start anew.
   */
  async rest(): Promise<void> {
    await nextTurn();
    await this.settled();
  }

  /** Waits for a checkpoint under way, so that closing finds nothing to wait for. */
  async settled(): Promise<void> {
    await this.#checkpoints?.whenDone();
  }

  /** Ends the reader's thread; a question under way fails with `cancelled`. Call it before `close`, which can't wait. */
  async stopReading(): Promise<void> {
    await this.#reader?.stop();
  }

  /** Closes the file; a second call does nothing. */
  close(): void {
    if (!this.#database.open) return;
    this.#checkpoints?.stop();
    this.#checkpoints = null;
    void this.#reader?.stop();
    this.#statements.clear();
    this.#plucked.clear();
    this.#database.close();
  }

  #committed(): void {
    const checkpoints = this.#checkpoints;
    if (checkpoints === null || checkpoints.busy || checkpoints.logBytes < copiedFrom) return;
    void this.#copyBack(checkpoints);
  }

  async #copyBack(checkpoints: CheckpointThread): Promise<void> {
    if ((await checkpoints.copyBack()) || this.#checkpoints === null) return;
    this.#checkpoints = null;
    checkpoints.stop();
    this.#database.pragma('wal_autocheckpoint = 1000');
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
