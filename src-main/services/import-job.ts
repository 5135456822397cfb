import { basename } from 'node:path';
import type { JobHandler } from './job-kinds.ts';
import { importLibrary } from './import-library.ts';
import type { JobContext } from './train-context.ts';

/** The job that imports a file; its phrases have no vectors yet, so that an embedding follows. */
export function importJob(context: JobContext): JobHandler<'library-import'> {
  return {
    title: ({ path, library, name }) =>
      `Import ${name ?? basename(path)}${library === undefined ? '' : ` into ${library}`}`,
    run: async (spec, onProgress, signal, line) => {
      const result = await importLibrary(context, spec, onProgress, signal, line);
      // What was uploaded is in the workspace now; a file of the user's stays where it is.
      if (spec.file !== undefined) await context.files.drop(spec.file);
      return result;
    },
    describe: ({ library, libraryId, sheetId, rows, good, badCount, known, added, already }) => ({
      ...{ kind: 'import', library, libraryId, sheetId, rows, good, bad: badCount, known, added, already },
    }),
    then: 'embed',
  };
}
