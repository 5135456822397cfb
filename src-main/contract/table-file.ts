import { z } from 'zod';

// How a file of rows is read: what was detected with the reason for it, and what the user chose instead.

/** What a column can stand for. A column that stands for nothing is kept all the same. */
export const columnRole = z.enum(['phrase', 'anchor', 'target', 'context', 'score', 'rating', 'note']);

/** Encodings of text; a spreadsheet has none. */
export const textEncoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']);

/** Null: every line is one cell, whatever it holds. */
export const delimiter = z.enum([',', ';', '\t', '|']).nullable();

/** What the user decides instead of the detection; what is absent is detected. */
export const readingChoices = z.strictObject({
  encoding: textEncoding.optional(),
  delimiter: delimiter.optional(),
  /** Whether the first record names the columns. */
  header: z.boolean().optional(),
  /** The file inside an archive, or the sheet of a workbook. */
  member: z.string().max(500).optional(),
  /** The role of each column by its place; null: none. Shorter lists leave the rest to the detection. */
  roles: z.array(columnRole.nullable()).max(20_000).optional(),
});

const because = <Value extends z.ZodType>(value: Value) => z.object({ value, reason: z.string() });

/** How a file is read: every decision with the reason in words. */
export const tableReading = z.object({
  kind: z.enum(['text', 'workbook']),
  container: z.enum(['none', 'gzip', 'zip']),
  /** What can be read inside an archive or a workbook. */
  members: z.array(z.string()),
  member: z.string().nullable(),
  /** Null for a workbook. */
  encoding: because(textEncoding).nullable(),
  delimiter: because(delimiter).nullable(),
  header: because(z.boolean()),
  columns: z.array(
    z.object({
      /** As the header has it, `Column 3` where there is none; made distinct where two are the same. */
      name: z.string(),
      role: columnRole.nullable(),
      reason: z.string(),
    }),
  ),
});

export type ColumnRoleName = z.output<typeof columnRole>;
export type TextEncodingName = z.output<typeof textEncoding>;
export type Delimiter = z.output<typeof delimiter>;
export type ReadingChoices = z.output<typeof readingChoices>;
export type TableReading = z.output<typeof tableReading>;
