import { z } from 'zod';

const count = z.number().int().nonnegative();

/** What an output is made of; where any of it has changed, a half-done output is of no use. */
export interface OutputBasis {
  /** The input's bytes. */
  readonly input: string;
  /** How they are read. */
  readonly reading: string;
  /** The phrases that anchors are crossed with; null where the input has its targets. */
  readonly library: string | null;
  /** The hash of the scorer's pack. */
  readonly scorer: string;
  /** The class for every row, where one is given, and the titles of all classes. */
  readonly contexts: string;
}

/** How far the scoring of a file is. */
export interface FileCheckpoint {
  /** The path of the unfinished output. */
  readonly part: string;
  readonly basis: OutputBasis;
  /** Rows in the part, and its bytes with them. */
  readonly rows: number;
  readonly bytes: number;
  readonly scored: number;
  readonly failed: number;
  readonly cached: number;
  /** Whether the part is whole, so that only its name is missing. */
  readonly whole: boolean;
}

const checkpoint = z.object({
  part: z.string(),
  basis: z.object({
    input: z.string(),
    reading: z.string(),
    library: z.string().nullable(),
    scorer: z.string(),
    contexts: z.string(),
  }),
  rows: count,
  bytes: count,
  scored: count,
  failed: count,
  cached: count,
  whole: z.boolean(),
});

/** A saved checkpoint, or null where there is none that can be understood. */
export function readCheckpoint(saved: unknown): FileCheckpoint | null {
  return checkpoint.safeParse(saved).data ?? null;
}

/** Why a half-done output can't be gone on with, in words; null where it can. */
export function whyAnew(before: OutputBasis, now: OutputBasis): string | null {
  if (before.input !== now.input) return 'the input was changed';
  if (before.reading !== now.reading) return 'the input is read in another way';
  if (before.library !== now.library) return 'phrases were added to the library or taken out of it';
  if (before.scorer !== now.scorer) return 'the scorer is another one';
  return before.contexts === now.contexts ? null : 'titles of classes were changed';
}
