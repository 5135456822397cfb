import { z } from 'zod';
import { jobEntry } from './job.ts';
import { sheetFilter, sheetSort } from './sheet-calls.ts';

const id = z.number().int().positive();

/** What can be written to a file. */
export const exportSource = z.discriminatedUnion('of', [
  /** The rows of a sheet with every column of the file, and score, rating, relation and error. */
  z.strictObject({
    of: z.literal('sheet'),
    sheet: id,
    filter: sheetFilter.default(sheetFilter.parse({})),
    sort: sheetSort.default(sheetSort.parse({})),
  }),
  /** The rows that could not be used, in the columns of the file, with line, column, found and expected. */
  z.strictObject({ of: z.literal('bad-rows'), sheet: id }),
  z.strictObject({ of: z.literal('library'), library: id }),
  /** The labels that trainings have used. */
  z.strictObject({ of: z.literal('labels') }),
  z.strictObject({ of: z.literal('history') }),
  /** Ranked phrases of a lookup, in the order given. */
  z.strictObject({
    of: z.literal('ranking'),
    anchor: z.string().max(10_000),
    context: z.string().max(100),
    phraseIds: z.array(id).max(500),
  }),
]);

/** How a file is written. */
export const exportFormat = z.strictObject({
  format: z.enum(['csv', 'xlsx']).default('csv'),
  /** A byte order mark, by which Excel knows UTF-8. */
  bom: z.boolean().default(false),
  /** Put an apostrophe before cells that a spreadsheet would take for a formula. */
  guardFormulas: z.boolean().default(true),
});

/** The calls of writing files. */
export const exportCalls = {
  /** Writes a file as a job, whose result is the file to save. */
  'exports.start': {
    input: z.strictObject({ source: exportSource, format: exportFormat.default(exportFormat.parse({})) }),
    output: jobEntry,
  },
} as const;

export type ExportSource = z.output<typeof exportSource>;
export type ExportFormat = z.output<typeof exportFormat>;
