import type { Store } from '../store.ts';
import type { Questions, QuestionName, Reader } from './reader.ts';
import { sheetAnswers } from './sheet-desk.ts';

/** A reader on the thread of its caller, for a database in memory, which no other thread can open. */
export function inlineReader(store: Store): Reader {
  const answers = sheetAnswers(store);
  return {
    ask: <K extends QuestionName>(name: K, asked: Questions[K]['asked']) => answers[name](asked),
    wake: () => undefined,
    stop: () => Promise.resolve(),
  };
}
