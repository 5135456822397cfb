import type { Emit, EventName, EventPayload } from '../contract/events.ts';
import type { EventListener } from './app.ts';
import type { Log } from './log.ts';

/** Passes events from the services to the hosts. */
export interface EventBus {
  readonly emit: Emit;
  /** Adds a listener; the result removes it. */
  listen(listener: EventListener): () => void;
}

/** A bus on which the error of one listener reaches neither the sender nor the others. */
export function createEventBus(log: Log): EventBus {
  const listeners = new Set<EventListener>();
  return {
    emit<K extends EventName>(name: K, payload: EventPayload<K>) {
      for (const listener of [...listeners]) {
        try {
          listener(name, payload);
        } catch (error) {
          log(`A listener of ${name} failed`, error);
        }
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
