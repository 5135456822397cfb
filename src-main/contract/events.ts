import { z } from 'zod';
import { jobEntry } from './job.ts';

/** Event name -> payload schema. */
export const events = {
  /** A job changed; at most ten a second for each job. */
  'job.changed': jobEntry,
  /** The engine process changed its state; `reason` says why it restarts or failed. */
  'engine.changed': z.object({
    state: z.enum(['stopped', 'starting', 'ready', 'restarting', 'failed']),
    reason: z.string().nullable(),
  }),
  /** Libraries were added, removed or filled. */
  'libraries.changed': z.object({}),
  /** Sheets were added, removed, filled or scored. */
  'sheets.changed': z.object({}),
  /** The menu or another part asks for a screen action. */
  'app.command': z.object({
    command: z.enum([
      'focus-anchor',
      'toggle-theme',
      'show-history',
      'show-about',
      'show-lookup',
      'show-import',
      'show-sheets',
      'show-jobs',
    ]),
  }),
} as const;

/** The name of an event. */
export type EventName = keyof typeof events;
/** What an event carries. */
export type EventPayload<K extends EventName> = z.output<(typeof events)[K]>;
/** Sends an event to whoever listens; never throws. */
export type Emit = <K extends EventName>(name: K, payload: EventPayload<K>) => void;
