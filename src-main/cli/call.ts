import { fromErrorShape } from '../contract/app-error.ts';
import type { CallInput, CallName, CallOutput } from '../contract/calls.ts';
import type { App } from '../services/app.ts';

/** A typed call through the dispatcher; rejects with the AppError of a refusal. */
export async function call<K extends CallName>(
  app: Pick<App, 'dispatch'>,
  name: K,
  input: CallInput<K>,
): Promise<CallOutput<K>> {
  const reply = await app.dispatch(name, input);
  if (!reply.ok) throw fromErrorShape(reply.error);
  return reply.value as CallOutput<K>;
}
