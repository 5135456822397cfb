import { z } from 'zod';
import { fileId } from './file-handle.ts';
import { jobEntry } from './job.ts';
import { readingChoices, tableReading } from './table-file.ts';

const count = z.number().int().nonnegative();

/** A row that can't be used, as the report has it. */
export const badRow = z.object({
  /** The line of the file on which the record starts, counted from 1; the row of a workbook. */
  line: z.number().int().positive(),
  column: z.string(),
  found: z.string(),
  expected: z.string(),
});

/** What an import does with a score that is not on the scale 0, .25, .5, .75, 1. */
export const offScale = z.enum(['refuse', 'snap', 'keep']);

/** The calls of bringing in files. */
export const importCalls = {
  /** How a file would be read: detection, choices applied, first rows and first problems. Reads only its beginning. */
  'import.preview': {
    input: z.strictObject({
      file: fileId,
      choices: readingChoices.default({}),
      /** Use what was chosen for an earlier file of the same shape, where there is one. */
      remembered: z.boolean().default(true),
      offScale: offScale.default('refuse'),
    }),
    output: z.object({
      reading: tableReading,
      /** The choices in force: the given ones, with the remembered ones beneath them. */
      choices: readingChoices,
      /** Whether choices of an earlier file of the same shape are in force. */
      remembered: z.boolean(),
      /** The first records behind the header, with their lines. */
      rows: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()) })),
      /** Problems of these rows. */
      bad: z.array(badRow),
      /** What keeps the file from being imported as it is chosen, such as no column of phrases; null: nothing. */
      blocked: z.string().nullable(),
      /** The sheet whose missing rows this file holds: a bad-rows report, mended. */
      mends: z.object({ sheetId: z.number().int(), name: z.string() }).nullable(),
      bytes: count,
    }),
  },
  /** Imports a file as a job; the choices are remembered for files of the same shape. */
  'import.start': {
    input: z.strictObject({
      file: fileId,
      library: z.string().max(500),
      choices: readingChoices.default({}),
      offScale: offScale.default('refuse'),
    }),
    output: jobEntry,
  },
} as const;

export type BadRow = z.output<typeof badRow>;
export type OffScale = z.output<typeof offScale>;
