import { z } from 'zod';
import { appErrorCodes } from './app-error.ts';

const id = z.number().int().nonnegative();
const detail = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** What the host sends to the engine process: a call, or that a call is no longer wanted. */
export const messageToEngine = z.union([
  z.strictObject({ id, call: z.string().max(100), input: z.unknown() }),
  z.strictObject({ cancel: id }),
]);

/** What the engine process sends to the host. */
export const messageFromEngine = z.union([
  z.strictObject({ id, ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    id,
    ok: z.literal(false),
    error: z.strictObject({
      code: z.enum(appErrorCodes),
      message: z.string(),
      details: z.record(z.string(), detail).default({}),
    }),
  }),
  /** How far a call is; the answer comes later. */
  z.strictObject({ id, progress: z.unknown() }),
  /** Sent once, when calls may come. */
  z.strictObject({ ready: z.literal(true) }),
  /** Sent every few seconds while calls are worked on: silence means that the process hangs. */
  z.strictObject({ alive: z.literal(true) }),
  /** The last words of a process that ends because of an error in itself. */
  z.strictObject({ fatal: z.string() }),
]);

/** A message to the engine. */
export type MessageToEngine = z.output<typeof messageToEngine>;
/** A message from the engine. */
export type MessageFromEngine = z.output<typeof messageFromEngine>;
