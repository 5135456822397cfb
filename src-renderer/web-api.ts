import { AppError, fromErrorShape } from '../src-main/contract/app-error.ts';
import type { CallInput, CallName, CallOutput } from '../src-main/contract/calls.ts';
import type { EventName, EventPayload } from '../src-main/contract/events.ts';
import type { Api, Reply } from '../src-main/contract/transport.ts';

/** Hears whether the loopback host answers. */
export type OnConnection = (connected: boolean) => void;

/** What the web client needs from the browser; tests pass their own. */
export interface WebApiOptions {
  readonly fetch?: typeof fetch;
  readonly EventSource?: typeof EventSource;
  readonly onConnection?: OnConnection;
  /** Milliseconds before a closed event stream is opened again. */
  readonly retryAfter?: number;
}

/** The Api over the loopback web host: `POST /api/call`, `GET /api/events`. */
export function createWebApi(options: WebApiOptions = {}): Api {
  const request = options.fetch ?? fetch.bind(globalThis);
  const Source = options.EventSource ?? EventSource;
  const onConnection = options.onConnection ?? (() => {});
  const retryAfter = options.retryAfter ?? 2000;
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  let source: EventSource | null = null;

  function hear(event: Event): void {
    const name = event.type as EventName;
    const payload: unknown = JSON.parse((event as MessageEvent<string>).data);
    for (const listener of [...(listeners.get(name) ?? [])])
      (listener as (payload: unknown) => void)(payload);
  }

  function open(): void {
    const opened = new Source('/api/events');
    source = opened;
    opened.onopen = () => onConnection(true);
    opened.onerror = () => {
      onConnection(false);
      // The browser retries by itself after a dropped line, but gives up for good after a refusal.
      if (opened.readyState !== Source.CLOSED) return;
      setTimeout(() => source === opened && open(), retryAfter);
    };
    for (const name of listeners.keys()) opened.addEventListener(name, hear);
  }

  return {
    async call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
      const response = await post(request, { name, input }).catch((cause: unknown) => {
        onConnection(false);
        throw unreachable(cause);
      });
      const reply = await readReply(response);
      if (reply.ok) return reply.value as CallOutput<K>;
      throw fromErrorShape(reply.error);
    },
    on<K extends EventName>(name: K, listener: (payload: EventPayload<K>) => void): () => void {
      let heard = listeners.get(name);
      if (heard === undefined) {
        heard = new Set();
        listeners.set(name, heard);
        source?.addEventListener(name, hear);
      }
      const entry = listener as (payload: never) => void;
      heard.add(entry);
      if (source === null) open();
      return () => void listeners.get(name)?.delete(entry);
    },
  };
}

function post(request: typeof fetch, body: unknown): Promise<Response> {
  return request('/api/call', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'same-origin',
    body: JSON.stringify(body),
  });
}

async function readReply(response: Response): Promise<Reply<unknown>> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === 'object' && body !== null && 'ok' in body) return body as Reply<unknown>;
  throw refused(response.status);
}

function unreachable(cause: unknown): AppError {
  return new AppError(
    'internal',
    'Priorphrase does not answer at this address. Check that it is still running in its terminal, then try again.',
    { unreachable: true },
    { cause },
  );
}

function refused(status: number): AppError {
  if (status === 401 || status === 403) {
    return new AppError(
      'forbidden',
      'This page no longer belongs to the running Priorphrase. Open the address that it printed in its terminal.',
    );
  }
  if (status === 429)
    return new AppError('too-many-requests', 'Too many requests at once. Wait a moment, then try again.');
  if (status === 413)
    return new AppError('too-large', 'The request is too large to send. Shorten the anchor, then try again.');
  return new AppError(
    'internal',
    `Priorphrase answered with status ${status} instead of a result. Please try again.`,
  );
}
