import { AppError } from '../src-main/contract/app-error.ts';
import type { CallInput, CallName, CallOutput } from '../src-main/contract/calls.ts';
import type { EventName, EventPayload } from '../src-main/contract/events.ts';
import type { Api } from '../src-main/contract/transport.ts';
import { chooseFile, downloadFile, uploadFile } from './web-files.ts';
import { valueOfReply } from './web-reply.ts';

/** Hears whether the loopback host answers. */
export type OnConnection = (connected: boolean) => void;

/** What the web client needs from the browser; tests pass their own. */
export interface WebApiOptions {
  readonly fetch?: typeof fetch;
  readonly EventSource?: typeof EventSource;
  readonly XMLHttpRequest?: typeof XMLHttpRequest;
  readonly document?: Document;
  readonly onConnection?: OnConnection;
  /** Milliseconds before a closed event stream is opened again. */
  readonly retryAfter?: number;
}

/** The Api over the loopback web host: `POST /api/call`, `GET /api/events`, `POST` and `GET /api/files`. */
export function createWebApi(options: WebApiOptions = {}): Api {
  const request = options.fetch ?? fetch.bind(globalThis);
  const Source = options.EventSource ?? EventSource;
  const onConnection = options.onConnection ?? (() => {});
  const retryAfter = options.retryAfter ?? 2000;
  const files = {
    XMLHttpRequest: options.XMLHttpRequest ?? XMLHttpRequest,
    document: options.document ?? document,
  };
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
      const body: unknown = await response.json().catch(() => null);
      return valueOfReply(body, response.status) as CallOutput<K>;
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
    async openFile(onUpload) {
      const file = await chooseFile(files);
      return file === null ? null : await uploadFile(files, file, onUpload);
    },
    takeFile: (file, onUpload) => uploadFile(files, file, onUpload),
    async saveFile(file) {
      downloadFile(files, file);
      return true;
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

function unreachable(cause: unknown): AppError {
  return new AppError(
    'internal',
    'Priorphrase does not answer at this address. Check that it is still running in its terminal, then try again.',
    { unreachable: true },
    { cause },
  );
}
