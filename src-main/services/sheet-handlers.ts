import { AppError } from '../contract/app-error.ts';
import type { Handlers } from '../contract/calls.ts';
import type { HandlerParts } from './handlers.ts';

type Calls =
  | 'sheets.list'
  | 'sheets.remove'
  | 'sheets.rows'
  | 'sheets.count'
  | 'sheets.histogram'
  | 'sheets.row'
  | 'sheets.bad';

/** The handlers of the calls that read stored rows. */
export function sheetCallHandlers(_parts: HandlerParts): Pick<Handlers, Calls> {
  const missing = async (): Promise<never> => {
    throw new AppError('internal', 'This is not built yet.');
  };
  return {
    'sheets.list': missing,
    'sheets.remove': missing,
    'sheets.rows': missing,
    'sheets.count': missing,
    'sheets.histogram': missing,
    'sheets.row': missing,
    'sheets.bad': missing,
  };
}
