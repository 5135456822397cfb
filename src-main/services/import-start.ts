import type { CallOutput, CallParsed } from '../contract/calls.ts';
import { forgetShapeChoices, keepShapeChoices } from '../store/tables/file-shape.ts';
import type { HandlerParts } from './handlers.ts';
import { libraryName } from './import-library.ts';
import { sheetMendedBy } from './import-mends.ts';
import { firstRecords, openImport, refuseBlocked } from './import-open.ts';
import { shapeOf } from './import-shape.ts';

/** Queues the import of a file, and remembers what was chosen for files of its shape. */
export async function startImport(
  { context: { store }, files, runner }: Pick<HandlerParts, 'context' | 'files' | 'runner'>,
  { file, library, choices, offScale }: CallParsed<'import.start'>,
): Promise<CallOutput<'import.start'>> {
  const { path, name } = files.find(file);
  libraryName({ library, path });
  const opened = await openImport({ path, choices });
  if (opened.blocked !== null) {
    const rows = await firstRecords(opened.table, 100);
    if (sheetMendedBy(store, opened.columns, rows) === null) refuseBlocked(opened, name);
  }
  const { member, ...lasting } = choices;
  const plain = await openImport({ path, choices: member === undefined ? {} : { member } });
  if (Object.keys(lasting).length > 0) keepShapeChoices(store, shapeOf(plain), lasting);
  else forgetShapeChoices(store, shapeOf(plain));
  return runner.start('library-import', { path, name, file, library, choices, offScale }).job;
}
