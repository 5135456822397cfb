import type { Handlers } from '../contract/calls.ts';
import type { HandlerParts } from './handlers.ts';

type Calls = 'exports.start';

/** The handlers of the export calls. */
export function exportCallHandlers({ runner }: HandlerParts): Pick<Handlers, Calls> {
  return { 'exports.start': async (input) => runner.start('export', input).job };
}
