import { posix } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import { attributeOf, readXml, type XmlElement } from './read-xml.ts';
import { damaged } from './refuse.ts';
import type { ZipEntry } from './zip-directory.ts';

/** A sheet of a workbook that has rows. */
export interface WorkbookSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly entry: ZipEntry;
}

/** The parts of a workbook that reading rows needs. */
export interface WorkbookParts {
  readonly sheets: readonly WorkbookSheet[];
  readonly from1904: boolean;
  readonly sharedStrings: ZipEntry | null;
  readonly styles: ZipEntry | null;
}

type Entries = ReadonlyMap<string, ZipEntry>;

interface Relation {
  readonly id: string;
  /** The last word of its type: `worksheet`, `styles`. */
  readonly type: string;
  /** The name of the part in lower case. */
  readonly target: string;
}

const mostPartBytes = 64 * 1024 * 1024;
const mostSheets = 10_000;

/** Finds the parts of a workbook; refuses archives that are something else, with what to do. */
export async function readWorkbookParts(path: string, entries: Entries): Promise<WorkbookParts> {
  const start = await relationsOf(path, entries, '');
  const named = start.find(({ type }) => type === 'officeDocument')?.target;
  const main = named ?? 'xl/workbook.xml';
  const workbook = entries.get(main);
  if (workbook === undefined || main.endsWith('.bin') || !main.startsWith('xl/'))
    throw otherKind(path, entries);

  const relations = await relationsOf(path, entries, main);
  const partOf = (wanted: string): ZipEntry | null => {
    const target = relations.find(({ type }) => type === wanted)?.target;
    return (target === undefined ? null : entries.get(target)) ?? null;
  };
  const sheets: WorkbookSheet[] = [];
  let from1904 = false;
  await hearPart(path, workbook, (element) => {
    if (element.name === 'workbookPr') from1904 = /^(?:1|true)$/.test(element.attributes['date1904'] ?? '');
    if (element.name !== 'sheet' || sheets.length >= mostSheets) return;
    const id = attributeOf(element, 'id');
    const relation = relations.find((candidate) => candidate.id === id);
    // Sheets of charts and dialogs have no rows.
    if (relation?.type !== 'worksheet') return;
    const name = element.attributes['name'] ?? '';
    const entry = entries.get(relation.target);
    if (entry === undefined) throw damaged(path, `the sheet "${name}" is missing`);
    sheets.push({ name, hidden: (element.attributes['state'] ?? 'visible') !== 'visible', entry });
  });
  if (sheets.length === 0) {
    throw new AppError('bad-input', `${path} has no sheet with rows. Pass a workbook that has one.`, {
      path,
    });
  }
  return { sheets, from1904, sharedStrings: partOf('sharedStrings'), styles: partOf('styles') };
}

async function relationsOf(path: string, entries: Entries, part: string): Promise<Relation[]> {
  const folder = part === '' ? '' : posix.dirname(part);
  const entry = entries.get(posix.join(folder, '_rels', `${posix.basename(part)}.rels`));
  const relations: Relation[] = [];
  if (entry === undefined) return relations;
  await hearPart(path, entry, ({ name, attributes }) => {
    if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return;
    const { Id: id = '', Type: type = '', Target: target = '' } = attributes;
    // A target counts from the folder of the part, or with a slash from the top. It is looked up, never opened as a path.
    const whole = posix
      .join('/', target.startsWith('/') ? '' : folder, target)
      .slice(1)
      .toLowerCase();
    relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: whole });
  });
  return relations;
}

/** Hears every element of a small part. */
async function hearPart(path: string, entry: ZipEntry, open: (element: XmlElement) => void): Promise<void> {
  if (entry.bytes > mostPartBytes) throw damaged(path, `${entry.name} has ${entry.bytes} bytes`);
  const listener = { open, text: () => {}, close: () => {} };
  for await (const _ of readXml(path, entry, listener)) continue;
}

function otherKind(path: string, entries: Entries): AppError {
  const has = (name: string): boolean => entries.has(name);
  const found = has('xl/workbook.bin')
    ? 'a binary workbook (.xlsb)'
    : has('content.xml') && has('mimetype')
      ? 'an OpenDocument file (.ods)'
      : has('word/document.xml')
        ? 'a text document (.docx)'
        : 'no workbook';
  const message = `${path} is ${found}. Open it in a spreadsheet program and save it as "Excel workbook (.xlsx)" or "CSV UTF-8".`;
  return new AppError('bad-input', message, { path });
}
