import type { AppErrorShape } from './app-error.ts';
import type { CallInput, CallName, CallOutput } from './calls.ts';
import type { EventName, EventPayload } from './events.ts';

/** What a call gives back over any transport. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppErrorShape };

/** The one function behind every transport: validates, calls the handler, never rejects. */
export type Dispatch = (name: unknown, input: unknown) => Promise<Reply<unknown>>;

/** What a screen sees of the main side: exactly what the preload and the web client expose. */
export interface Api {
  call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>>;
  /** Listens to an event; the result stops listening. */
  on<K extends EventName>(name: K, listener: (payload: EventPayload<K>) => void): () => void;
}
