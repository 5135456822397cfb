import { z } from 'zod';
import { badRow } from './import-calls.ts';
import { jobEntry, scoreMode } from './job.ts';
import { columnRole } from './table-file.ts';

const id = z.number().int().positive();
const count = z.number().int().nonnegative();
const rating = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

/** A file as it was brought in: its rows with their scores. */
export const sheetEntry = z.object({
  id,
  name: z.string(),
  libraryId: id.nullable(),
  library: z.string().nullable(),
  columns: z.array(z.object({ name: z.string(), role: columnRole.nullable() })),
  rows: count,
  /** Rows of the file that could not be used and wait to be mended. */
  bad: count,
  /** Rows that can be scored: anchor, target and context are there, or a context was given for all. */
  scored: count,
  failed: count,
  /** How the scores in the sheet were made; null: not scored yet. */
  scoring: z.object({ scorer: z.string(), mode: scoreMode, context: z.string().nullable() }).nullable(),
  /** False while an import into it is unfinished. */
  complete: z.boolean(),
  createdAt: z.string(),
});

/** Which rows of a sheet are asked for. */
export const sheetFilter = z.strictObject({
  /** Empty: every rating, and rows without one. */
  ratings: z.array(rating).max(5).default([]),
  /** Words that the anchor or the target holds, the last one as a beginning; empty: any. */
  text: z.string().max(500).default(''),
  /** The class; empty: any. */
  symbol: z.string().max(100).default(''),
  /** Only rows that could not be scored. */
  failed: z.boolean().default(false),
});

/** How rows are ordered; rows that are alike keep the order of the file. */
export const sheetSort = z.strictObject({
  by: z.enum(['line', 'score', 'anchor', 'target', 'symbol']).default('line'),
  descending: z.boolean().default(false),
});

/** A row as the table shows it. */
export const sheetRow = z.object({
  /** Its line in the file: what names it for good. */
  line: z.number().int().positive(),
  anchor: z.string().nullable(),
  target: z.string().nullable(),
  /** As the file has it. */
  context: z.string().nullable(),
  /** The class that it is scored in. */
  symbol: z.string().nullable(),
  score: z.number().nullable(),
  rating: rating.nullable(),
  relation: z.string().nullable(),
  error: z.string().nullable(),
});

/** The calls of the stored rows. */
export const sheetCalls = {
  'sheets.list': { input: z.strictObject({}), output: z.array(sheetEntry) },
  'sheets.remove': { input: z.strictObject({ id }), output: z.strictObject({}) },
  /** A page of rows in an order. */
  'sheets.rows': {
    input: z.strictObject({
      sheet: id,
      filter: sheetFilter.default(sheetFilter.parse({})),
      sort: sheetSort.default(sheetSort.parse({})),
      offset: count.default(0),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ rows: z.array(sheetRow) }),
  },
  /** How many rows a filter leaves; may take longer than a page. */
  'sheets.count': {
    input: z.strictObject({ sheet: id, filter: sheetFilter.default(sheetFilter.parse({})) }),
    output: z.object({ rows: count }),
  },
  /** Scores of the rows that a filter leaves, in 20 bins of .05 (the last one with 1), and by rating. */
  'sheets.histogram': {
    input: z.strictObject({ sheet: id, filter: sheetFilter.default(sheetFilter.parse({})) }),
    output: z.object({ bins: z.array(count).length(20), ratings: z.array(count).length(5), unscored: count }),
  },
  /** Every cell of a row by its column; `extra` holds cells beyond the header. */
  'sheets.row': {
    input: z.strictObject({ sheet: id, line: z.number().int().positive() }),
    output: z.object({
      row: sheetRow,
      cells: z.array(z.object({ column: z.string(), role: columnRole.nullable(), value: z.string() })),
      extra: z.array(z.string()),
    }),
  },
  /** Rows of the file that could not be used. */
  'sheets.bad': {
    input: z.strictObject({
      sheet: id,
      offset: count.default(0),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ rows: z.array(badRow), count }),
  },
  /** Scores every row as a job; rows that have a score of this scorer and mode keep it. */
  'sheets.score': {
    input: z.strictObject({
      sheet: id,
      mode: scoreMode.default('pair'),
      /** One class for every row, where the file has none. */
      context: z.string().max(100).nullable().default(null),
    }),
    output: jobEntry,
  },
  /** Scores anchors against every phrase of a library into a new sheet, as a job. */
  'libraries.score': {
    input: z.strictObject({
      libraryId: id,
      anchors: z.array(z.string().max(10_000)).min(1).max(1000),
      context: z.string().max(100),
      mode: scoreMode.default('pair'),
      name: z.string().max(500),
    }),
    output: jobEntry,
  },
} as const;

export type SheetEntry = z.output<typeof sheetEntry>;
export type SheetFilter = z.output<typeof sheetFilter>;
export type SheetSort = z.output<typeof sheetSort>;
export type SheetRow = z.output<typeof sheetRow>;
