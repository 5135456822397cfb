import type { Dispatch } from '../contract/transport.ts';
import type { EventName, EventPayload } from '../contract/events.ts';
import type { SpawnEngine } from '../engine-client/engine-process.ts';

/** Where the application finds and keeps its things. */
export interface AppOptions {
  /** The workspace; created when it is absent. */
  readonly dataDir: string;
  /** The folder `resources` of the installation. */
  readonly resourcesDir: string;
  /** The folder `models` of the installation. */
  readonly modelsDir: string;
  readonly host: 'electron' | 'web' | 'cli';
  readonly version: string;
  readonly spawnEngine: SpawnEngine;
}

/** Hears every event of the application. */
export type EventListener = <K extends EventName>(name: K, payload: EventPayload<K>) => void;

/** Progress of long work: rows done, rows in all where known. */
export type OnProgress = (done: number, total: number | null, stage: string) => void;

/** The running application, the same behind every host. */
export interface App {
  /** The one way in for the window, the browser and the command line's simple calls. */
  readonly dispatch: Dispatch;
  onEvent(listener: EventListener): () => void;
  /** Ends jobs at their next checkpoint, stops the engine, closes the database. */
  close(): Promise<void>;
}
