import { basename } from 'node:path';
import type { JobHandler } from './job-kinds.ts';
import { importLibrary, type LibraryImportResult } from './import-library.ts';
import { namingFile } from './name-file.ts';
import type { JobContext } from './job-context.ts';

/** The job that imports a file; its phrases have no vectors yet, so that an embedding follows. */
export function importJob(context: JobContext): JobHandler<'library-import'> {
  return {
    title: ({ path, library, name }) =>
      `Import ${name ?? basename(path)}${library === undefined ? '' : ` into ${library}`}`,
    run: async (spec, onProgress, signal, line) => {
      const read = () => importLibrary(context, spec, onProgress, signal, line);
      const file = { path: spec.path, name: spec.name ?? spec.path };
      const result = resultOf(line.checkpoint) ?? (await namingFile(file, read));
      if (spec.file === undefined) return result;
      // Noted first: a process killed behind this finds no file any more, and needs none.
      line.save({ result });
      await dropUpload(context.files, spec.file);
      return result;
    },
    describe: ({ library, libraryId, sheetId, rows, good, badCount, known, added, already }) => ({
      ...{ kind: 'import', library, libraryId, sheetId, rows, good, bad: badCount, known, added, already },
    }),
    then: 'embed',
  };
}

function resultOf(checkpoint: unknown): LibraryImportResult | null {
  return (checkpoint as { readonly result?: LibraryImportResult } | null)?.result ?? null;
}

/** What was uploaded is in the workspace now; a file of the user's stays where it is, and named. */
async function dropUpload(files: JobContext['files'], id: string): Promise<void> {
  const file = await Promise.resolve(id)
    .then(files.find)
    .catch(() => null);
  if (file?.purpose === 'received') await files.drop(id);
}
