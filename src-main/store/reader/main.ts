import Database from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';
import { toErrorShape } from '../../contract/app-error.ts';
import { Store } from '../store.ts';
import type { FromReader, ReaderSetup, ToReader } from './reader-messages.ts';
import type { QuestionName } from './reader.ts';
import { sheetAnswers } from './sheet-desk.ts';

// The thread of a reader: answers questions over a connection of its own, which can't write.
const { path } = workerData as ReaderSetup;
const database = new Database(path, { readonly: true, fileMustExist: true });
database.pragma('cache_size = -32768');
database.pragma('temp_store = MEMORY');
const answers = sheetAnswers(new Store(database, path));

parentPort?.on('message', (message: ToReader) => {
  if (message === null) {
    database.close();
    parentPort?.close();
    return;
  }
  void answer(message.id, message.name, message.asked);
});

async function answer(id: number, name: QuestionName, asked: unknown): Promise<void> {
  try {
    say({ id, ok: true, value: await answers[name](asked as never) });
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say({ id, ok: false, error: toErrorShape(error), trace });
  }
}

function say(message: FromReader): void {
  parentPort?.postMessage(message);
}
