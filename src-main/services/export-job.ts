import { AppError } from '../contract/app-error.ts';
import type { ExportFormat, ExportSource } from '../contract/export-calls.ts';
import type { FileHandle } from '../contract/file-handle.ts';
import type { JobHandler } from './job-kinds.ts';
import type { JobContext } from './train-context.ts';

/** What to write, and where: to the shelf for saving where no path is given. */
export interface FileExport {
  readonly source: ExportSource;
  readonly format: ExportFormat;
  readonly output?: string;
}

/** What an export wrote. */
export interface FileExportResult {
  /** Null where it went to a path of the user's. */
  readonly file: FileHandle | null;
  readonly rows: number;
}

/** The job that writes a file. */
export function exportJob(_context: JobContext): JobHandler<'export'> {
  return {
    title: ({ source }) => `Export ${source.of}`,
    run: async () => {
      throw new AppError('internal', 'This is not built yet.');
    },
  };
}
