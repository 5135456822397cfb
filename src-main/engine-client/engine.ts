import type { EngineCallName, EngineInput, EngineOutput, EngineProgress } from '../contract/engine-calls.ts';
import type { EventPayload } from '../contract/events.ts';

/** What the engine process is doing. */
export type EngineState = EventPayload<'engine.changed'>['state'];

/** The engine as the services see it; the process behind it starts on first use. */
export interface Engine {
  /** Rejects with AppError `engine-failed`, `engine-stopped`, `cancelled` or what the engine itself refused. */
  call<K extends EngineCallName>(
    name: K,
    input: EngineInput<K>,
    signal?: AbortSignal,
    onProgress?: (progress: EngineProgress<K>) => void,
  ): Promise<EngineOutput<K>>;
  readonly state: EngineState;
  /** Ends the process and gives its memory back; the next call starts it again. */
  stop(): Promise<void>;
}
