import { AppError } from '../contract/app-error.ts';
import type { ReadingChoices } from '../contract/table-file.ts';
import { openTextTable } from '../csv/read-text-table.ts';
import type { OpenTable } from '../csv/table.ts';
import { readZipDirectory, type ZipEntry } from '../xlsx/zip-directory.ts';
import { openWorkbookTable } from './open-workbook-table.ts';
import type { FileState } from './regular-file.ts';
import { zipSource } from './zip-source.ts';

const tables = /\.(?:csv|tsv|tab|psv|txt|text|dat)$/i;

/** Opens a ZIP: the workbook that it is, or one of the tables inside it. */
export async function openZipTable(
  state: FileState,
  choices: ReadingChoices,
  signal?: AbortSignal,
): Promise<OpenTable> {
  const { path } = state;
  const directory = await readZipDirectory(path);
  if (directory === null) {
    const message = `${path} is a ZIP archive that is cut off: it has no directory at its end. Download or pack it again.`;
    throw new AppError('bad-input', message, { path });
  }
  if (directory.has('[content_types].xml') && directory.has('xl/workbook.xml')) {
    return openWorkbookTable(state, choices, signal);
  }
  const entries = [...directory.values()].filter(({ name }) => isContent(name));
  const members = entries.filter(({ name }) => isTable(name));
  const member = chooseMember(state, entries, members, choices.member);
  const source = await zipSource(state, member);
  // A page shows these to choose from; who needs another one names it.
  const names = members.slice(0, 1000).map(({ name }) => name);
  return openTextTable(source, { container: 'zip', members: names, member: member.name }, choices, signal);
}

function chooseMember(
  { path }: FileState,
  entries: readonly ZipEntry[],
  members: readonly ZipEntry[],
  wanted: string | undefined,
): ZipEntry {
  if (wanted !== undefined) {
    const found = entries.find(({ name }) => name === wanted);
    if (found !== undefined) return found;
    const message = `${path} has no file "${wanted}" inside; it has ${listed(entries)}.`;
    throw new AppError('not-found', message, { path });
  }
  const first = members.find(({ bytes }) => bytes > 0) ?? members[0];
  if (first !== undefined) return first;
  const message = `${path} ${whatInstead(entries)}`;
  throw new AppError('bad-input', message, { path });
}

function whatInstead(entries: readonly ZipEntry[]): string {
  const has = (name: RegExp): boolean => entries.some((entry) => name.test(entry.name));
  if (has(/^xl\/workbook\.bin$/)) {
    return 'is a binary workbook (.xlsb). Save it as "Excel workbook (.xlsx)" or "CSV UTF-8".';
  }
  if (has(/^word\//)) return 'is a Word document. Save its table as an Excel workbook (.xlsx) or CSV.';
  if (has(/^ppt\//)) return 'is a PowerPoint file. Save its table as an Excel workbook (.xlsx) or CSV.';
  if (has(/^META-INF\/manifest\.xml$/) && has(/^content\.xml$/)) {
    return 'is an OpenDocument file (.ods, .odt). Save it as "Excel workbook (.xlsx)" or "CSV UTF-8".';
  }
  if (has(/^Index\/.*\.iwa$/)) return 'is a Numbers or Pages file. Export it to Excel (.xlsx) or CSV.';
  if (has(/\.(?:xlsx|xlsm|zip|gz)$/i)) {
    return `holds ${listed(entries)}. Unpack it and choose the file inside: archives in archives are not opened.`;
  }
  if (entries.length === 0) return 'is an empty ZIP archive: expected a CSV or text file inside.';
  return `holds no table: expected a .csv, .tsv or .txt file, found ${listed(entries)}.`;
}

function listed(entries: readonly ZipEntry[]): string {
  if (entries.length === 0) return 'none';
  const names = entries.slice(0, 10).map(({ name }) => `"${name.slice(0, 80)}"`);
  return (
    names.join(', ') + (entries.length > names.length ? ` and ${entries.length - names.length} more` : '')
  );
}

/** Neither a folder nor what macOS and Windows leave in archives. */
function isContent(name: string): boolean {
  const base = name.split(/[/\\]/).at(-1)!;
  return (
    base !== '' &&
    !base.startsWith('.') &&
    !/(?:^|[/\\])__MACOSX[/\\]|^Thumbs\.db$|^desktop\.ini$/i.test(name)
  );
}

function isTable(name: string): boolean {
  const base = name.split(/[/\\]/).at(-1)!;
  return tables.test(base) || !base.includes('.');
}
