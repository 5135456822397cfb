import { randomBytes } from 'node:crypto';
import { rm, rmdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ExportFormat, ExportSource } from '../contract/export-calls.ts';
import type { FileHandle } from '../contract/file-handle.ts';
import { partOf, startExportFile } from './export-file.ts';
import { exportName, exportTable } from './export-source.ts';
import { writeExport } from './export-write.ts';
import type { JobHandler } from './job-kinds.ts';
import type { JobContext } from './job-context.ts';

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

/** Where the file goes and where it lies until it is whole, noted before either is there. */
interface Places {
  readonly output: string;
  readonly part: string;
}

/**
 * The job that writes a file. Stopped or killed, it begins anew when it is resumed: the same rows give the same bytes, and
 * what was left of the file is removed first.
 */
export function exportJob(context: JobContext): JobHandler<'export'> {
  const { store, files } = context;
  return {
    title: ({ source, output }) =>
      `Export ${output === undefined ? exportName(store, source) : basename(output)}`,
    async run({ source, format, output: asked }, onProgress, signal, line) {
      const name = exportName(store, source);
      const before = line.checkpoint as Places | null;
      if (before !== null) await rm(before.part, { force: true });
      const output = asked ?? before?.output ?? (await files.newPath(`${name}.${format.format}`));
      const part = before?.part ?? partOf(output, randomBytes(4).toString('hex'));
      line.save({ output, part } satisfies Places);

      const table = await exportTable(context, source, signal);
      const file = await startExportFile(output, part);
      try {
        const { write } = file;
        const rows = await writeExport(table, { format, sheet: name, write, onProgress, signal });
        await file.finish();
        return { file: asked === undefined ? await files.made(output, basename(output)) : null, rows };
      } finally {
        await file.discard();
      }
    },
    describe: ({ file, rows }) => (file === null ? null : { kind: 'export', file, rows }),
    async discard(spec, checkpoint) {
      const places = checkpoint as Places | null;
      if (places === null) return;
      await rm(places.part, { force: true });
      if (spec.output !== undefined) return;
      // The shelf gave the file a folder of its own.
      await rm(places.output, { force: true });
      await rmdir(dirname(places.output)).catch(() => {});
    },
  };
}
