import { AppError } from '../contract/app-error.ts';
import type { Handlers } from '../contract/calls.ts';
import type { HandlerParts } from './handlers.ts';

type Calls = 'exports.start';

/** The handlers of the export calls. */
export function exportCallHandlers(_parts: HandlerParts): Pick<Handlers, Calls> {
  const missing = async (): Promise<never> => {
    throw new AppError('internal', 'This is not built yet.');
  };
  return { 'exports.start': missing };
}
