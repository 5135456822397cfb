import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

// A write of next to nothing: the count of the checkpoints.
const countCheckpoint = `INSERT INTO tally (name, value) VALUES ('checkpoint', 1)
  ON CONFLICT (name) DO UPDATE SET value = value + 1`;

/** The size that a log is cut to when it starts anew, in bytes. */
export const logLimit = 2 ** 20;

/** What the thread says after each checkpoint: null, or why it could not be done. */
type Answer = string | null;

// Given as text, because the bundled product has no file of its own for it. It opens the database anew each time, so
// that the connection of the application stays the last one to close, which removes the log.
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const Database = require(workerData.sqlite);
parentPort.on('message', () => {
  let trouble = null;
  try {
    const database = new Database(workerData.path, { fileMustExist: true });
    try {
      const [{ log, checkpointed }] = database.pragma('wal_checkpoint(PASSIVE)');
      // Whoever writes next starts the log anew and waits for the disk with it: let that be this thread.
      if (log === checkpointed) {
        database.pragma('synchronous = NORMAL');
        database.pragma('journal_size_limit = ' + workerData.logLimit);
        database.pragma('busy_timeout = 100');
        try {
          database.prepare(workerData.write).run();
        } catch (error) {
          if (!String(error.code).startsWith('SQLITE_BUSY')) throw error;
        }
      }
    } finally {
      database.close();
    }
  } catch (error) {
    trouble = String(error);
  }
  parentPort.postMessage(trouble);
});
`;

/**
 * Copies the write-ahead log of a database back into its file, on a thread of its own: a checkpoint waits for the disk,
 * up to some hundred milliseconds, in which the process would answer nobody. Started on first use; it keeps no process
 * alive.
 */
export class CheckpointThread {
  readonly #path: string;
  #worker: Worker | null = null;
  #running: Promise<boolean> | null = null;
  #answer: (copied: boolean) => void = () => undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** The size of the log; after a checkpoint of all of it, the next write starts it anew. */
  get logBytes(): number {
    return statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** True while a checkpoint is under way. */
  get busy(): boolean {
    return this.#running !== null;
  }

  /** Resolves when no checkpoint is under way. */
  async whenDone(): Promise<void> {
    await this.#running;
  }

  /** Copies what is committed now, or joins the checkpoint under way; false where that cannot be done on a thread. */
  copyBack(): Promise<boolean> {
    return (this.#running ??= this.#ask().finally(() => (this.#running = null)));
  }

  /** Ends the thread; what it was copying is still in the log. */
  stop(): void {
    void this.#worker?.terminate();
    this.#worker = null;
  }

  async #ask(): Promise<boolean> {
    try {
      const worker = (this.#worker ??= this.#start());
      // Whoever waits for the end of a checkpoint may have nothing else that keeps the process alive.
      worker.ref();
      const copied = await new Promise<boolean>((resolve) => {
        this.#answer = resolve;
        worker.postMessage('copy');
      });
      worker.unref();
      return copied;
    } catch {
      return false;
    }
  }

  #start(): Worker {
    const sqlite = createRequire(import.meta.url).resolve('better-sqlite3');
    const worker = new Worker(program, {
      eval: true,
      workerData: { sqlite, path: this.#path, logLimit, write: countCheckpoint },
      execArgv: [],
      name: 'priorphrase-checkpoint',
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    });
    worker.on('message', (trouble: Answer) => this.#answer(trouble === null));
    for (const end of ['error', 'exit']) worker.on(end, () => this.#answer(false));
    return worker;
  }
}
