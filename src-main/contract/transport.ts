import type { AppErrorShape } from './app-error.ts';
import type { CallInput, CallName, CallOutput } from './calls.ts';
import type { FileHandle } from './file-handle.ts';
import type { EventName, EventPayload } from './events.ts';

/** What a call gives back over any transport. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppErrorShape };

/** The one function behind every transport: validates, calls the handler, never rejects. */
export type Dispatch = (name: unknown, input: unknown) => Promise<Reply<unknown>>;

/** A file as the browser hands it over on a drop: a DOM `File`, whose type the main side does not know. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

/** How far a file is on its way to the application, in bytes. */
export interface Upload {
  readonly name: string;
  readonly sent: number;
  readonly total: number;
}

/** Hears how far an upload is; a host that reads the file where it lies never calls it. */
export type OnUpload = (upload: Upload) => void;

/** What a screen sees of the main side: exactly what the preload and the web client expose. */
export interface Api {
  call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>>;
  /** Listens to an event; the result stops listening. */
  on<K extends EventName>(name: K, listener: (payload: EventPayload<K>) => void): () => void;
  /** Lets the user choose a file to read; null where none was chosen. */
  openFile(onUpload?: OnUpload): Promise<FileHandle | null>;
  /** Takes a file that was dropped on the page. */
  takeFile(file: DroppedFile, onUpload?: OnUpload): Promise<FileHandle>;
  /** Lets the user save a file that the application made; false where it was not saved. */
  saveFile(file: FileHandle): Promise<boolean>;
}
