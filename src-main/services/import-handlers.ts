import { AppError } from '../contract/app-error.ts';
import type { Handlers } from '../contract/calls.ts';
import type { HandlerParts } from './handlers.ts';

type Calls = 'import.preview' | 'import.start';

/** The handlers of the import calls. */
export function importCallHandlers(_parts: HandlerParts): Pick<Handlers, Calls> {
  const missing = async (): Promise<never> => {
    throw new AppError('internal', 'This is not built yet.');
  };
  return { 'import.preview': missing, 'import.start': missing };
}
