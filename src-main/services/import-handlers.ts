import type { Handlers } from '../contract/calls.ts';
import type { HandlerParts } from './handlers.ts';
import { previewImport } from './import-preview.ts';
import { startImport } from './import-start.ts';
import { namingFile } from './name-file.ts';

type Calls = 'import.preview' | 'import.start';

/** The handlers of the import calls. */
export function importCallHandlers(parts: HandlerParts): Pick<Handlers, Calls> {
  return {
    'import.preview': async (input) =>
      namingFile(parts.files.find(input.file), () => previewImport(parts, input)),
    'import.start': async (input) =>
      namingFile(parts.files.find(input.file), async () => startImport(parts, input)),
  };
}
