import { Worker } from 'node:worker_threads';
import { AppError, fromErrorShape } from '../../contract/app-error.ts';
import type { FromReader, ReaderSetup, ToReader } from './reader-messages.ts';
import type { QuestionName, Questions, Reader } from './reader.ts';

interface Asked {
  readonly question: NonNullable<ToReader>;
  readonly settle: (reply: FromReader | Error) => void;
  /** How many threads died with it. */
  deaths: number;
}

/** How a reader's thread is run. */
export interface ReaderThreadOptions {
  /** The file of main.ts: the source, or what it was built into. */
  readonly entry?: URL;
  /** A thread that nobody asked anything for so long is ended, which gives its memory back. */
  readonly idleMs?: number;
}

const mostDeaths = 2;

/**
 * A reader on a thread of its own with its own connection, so that no question holds up the event loop. The thread is
 * started by the first question and again after a crash; what it was asked is asked again, twice at most. It keeps no
 * process alive unless somebody waits for an answer.
 */
export class ReaderThread implements Reader {
  readonly #path: string;
  readonly #entry: URL;
  readonly #idleMs: number;
  readonly #waiting = new Map<number, Asked>();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | null = null;
  #ids = 0;

  constructor(path: string, { entry = threadEntry(), idleMs = 300_000 }: ReaderThreadOptions = {}) {
    this.#path = path;
    this.#entry = entry;
    this.#idleMs = idleMs;
  }

  /** True while a thread is there. */
  get running(): boolean {
    return this.#worker !== null;
  }

  async ask<K extends QuestionName>(name: K, asked: Questions[K]['asked']): Promise<Questions[K]['answer']> {
    const id = ++this.#ids;
    const reply = await new Promise<FromReader>((resolve, reject) => {
      const settle = (end: FromReader | Error): void => (end instanceof Error ? reject(end) : resolve(end));
      const entry: Asked = { question: { id, name, asked }, settle, deaths: 0 };
      this.#waiting.set(id, entry);
      this.#send(entry);
    });
    if (reply.ok) return reply.value as Questions[K]['answer'];
    if (reply.error.code !== 'internal') throw fromErrorShape(reply.error);
    // For the log alone, which gets what is no AppError.
    throw new Error(`The reader could not answer ${name}: ${reply.trace}`);
  }

  wake(): void {
    if (this.#worker !== null) return;
    this.#worker = this.#start();
    this.#worker.unref();
    this.#endWhenIdle();
  }

  async stop(): Promise<void> {
    const worker = this.#forget();
    const closed = new AppError('cancelled', 'Priorphrase is closing; the rows were not read.');
    for (const { settle } of this.#waiting.values()) settle(closed);
    this.#waiting.clear();
    if (worker === null) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.ref();
    // Asked first, so that its connection is closed before the application's, which is the one to remove the log.
    worker.postMessage(null satisfies ToReader);
    await ended;
  }

  #send({ question }: Asked): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#worker.postMessage(question satisfies ToReader);
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, {
      workerData: { path: this.#path } satisfies ReaderSetup,
      execArgv: [],
      name: 'priorphrase-reader',
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 },
    });
    let cause: unknown = null;
    worker.on('message', (reply: FromReader) => this.#answered(reply));
    worker.on('error', (error) => (cause = error));
    worker.on('exit', () => worker === this.#worker && this.#died(cause));
    return worker;
  }

  #answered(reply: FromReader): void {
    const asked = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    asked?.settle(reply);
    if (this.#waiting.size > 0) return;
    this.#worker?.unref();
    this.#endWhenIdle();
  }

  #endWhenIdle(): void {
    this.#idle = setTimeout(() => void this.stop(), this.#idleMs).unref();
  }

  #died(cause: unknown): void {
    this.#forget();
    for (const [id, asked] of [...this.#waiting]) {
      asked.deaths += 1;
      if (asked.deaths < mostDeaths) this.#send(asked);
      else {
        this.#waiting.delete(id);
        asked.settle(new Error('The thread that reads rows died twice over one question.', { cause }));
      }
    }
  }

  #forget(): Worker | null {
    const worker = this.#worker;
    this.#worker = null;
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    return worker;
  }
}

// Built, this code lies in the folder of a host's entry or in its chunks, and the thread's entry beside that of the host.
function threadEntry(): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL('./main.ts', here);
  return new URL(/\/chunks\/[^/]+$/.test(here) ? '../reader.js' : './reader.js', here);
}
