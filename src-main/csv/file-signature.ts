/** A kind of file that is no text: what it is, and what to do with it. */
export interface FileSignature {
  readonly what: string;
  readonly todo: string;
}

const saveAs =
  'Open it in the program it comes from and save it as "CSV UTF-8" or as an Excel workbook (.xlsx).';
const noTable = 'It holds no rows; choose a CSV file or an Excel workbook (.xlsx).';
const unpack = 'Unpack it and choose the file inside, or pack it as ZIP or gzip.';

const signatures: readonly (readonly [magic: string, what: string, todo: string, at?: number])[] = [
  [
    '%PDF-',
    'a PDF',
    "Tables in a PDF can't be read; choose the file it was made from, as CSV or Excel workbook (.xlsx).",
  ],
  [
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    'an Excel file of the old binary kind (.xls), or another Office file before 2007',
    saveAs,
  ],
  ['SQLite format 3\0', 'an SQLite database', 'Export the table you need as CSV.'],
  ['\x89PNG', 'a PNG image', noTable],
  ['\xff\xd8\xff', 'a JPEG image', noTable],
  ['GIF87a', 'a GIF image', noTable],
  ['GIF89a', 'a GIF image', noTable],
  ['II*\0', 'a TIFF image', noTable],
  ['MM\0*', 'a TIFF image', noTable],
  ['PAR1\x15', 'a Parquet file', 'Export it as CSV.'],
  ['ARROW1\0\0', 'an Arrow file', 'Export it as CSV.'],
  ['\x89HDF', 'an HDF5 file', 'Export it as CSV.'],
  ['\x93NUMPY', 'a NumPy array', 'Export it as CSV.'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive', unpack],
  ['Rar!\x1a\x07', 'a RAR archive', unpack],
  ['\xfd7zXZ\0', 'an XZ archive', unpack],
  ['1AY&SY', 'a bzip2 archive', unpack, 4],
  ['\x28\xb5\x2f\xfd', 'a Zstandard archive', unpack],
  ['ustar', 'a tar archive', unpack, 257],
  ['PK\x03\x04', 'a ZIP archive or workbook inside another archive', 'Unpack the outer archive first.'],
  ['PK\x05\x06', 'an empty ZIP archive', noTable],
  ['\x1f\x8b', 'a gzip file inside another archive', 'Unpack the outer archive first.'],
  ['\x7fELF', 'a program', noTable],
  ['{\\rtf', 'a rich text document', 'Save it as plain text in UTF-8.'],
  ['\xff\xfe\0\0', 'text in UTF-32', 'Save it as UTF-8.'],
  ['\0\0\xfe\xff', 'text in UTF-32', 'Save it as UTF-8.'],
];

/** What a file is by its first bytes, where that is a known kind and no text; null: it may be text. */
export function signatureOf(start: Uint8Array): FileSignature | null {
  const bytes = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, 1024)).toString('latin1');
  for (const [magic, what, todo, at = 0] of signatures) {
    if (bytes.startsWith(magic, at)) return { what, todo };
  }
  const text = bytes
    .replace(/^(?:\xef\xbb\xbf)?\s+|^\xef\xbb\xbf/, '')
    .slice(0, 200)
    .toLowerCase();
  if (/^<(?:!doctype html|html|head|body|table)[\s>]/.test(text)) {
    return { what: 'a web page, which some programs save under the name of a spreadsheet', todo: saveAs };
  }
  if (text.startsWith('<?xml')) return { what: 'an XML file', todo: saveAs };
  if (/^\[?\s*\{\s*"[^"]*"\s*:/.test(text)) return { what: 'a JSON file', todo: 'Convert it to CSV.' };
  return null;
}
