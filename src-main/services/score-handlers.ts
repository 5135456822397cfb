import { AppError } from '../contract/app-error.ts';
import type { Handlers } from '../contract/calls.ts';
import type { HandlerParts } from './handlers.ts';

type Calls = 'sheets.score' | 'libraries.score';

/** The handlers of the calls that score stored rows. */
export function scoreCallHandlers(_parts: HandlerParts): Pick<Handlers, Calls> {
  const missing = async (): Promise<never> => {
    throw new AppError('internal', 'This is not built yet.');
  };
  return { 'sheets.score': missing, 'libraries.score': missing };
}
