import { z } from 'zod';

/** What stands for a file between page and host: a page never names a path. */
export const fileId = z.string().regex(/^[0-9a-f]{32}$/);

/** A file that the user gave to the application, or that the application made for the user. */
export const fileHandle = z.object({
  id: fileId,
  /** The name without its folder. */
  name: z.string(),
  bytes: z.number().int().nonnegative(),
});

export type FileHandle = z.output<typeof fileHandle>;
