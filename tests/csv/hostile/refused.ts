import { bytes, utf8, type HostileFile } from './hostile-file.ts';

const refused = (name: string, content: Uint8Array, message: RegExp): HostileFile => ({
  name,
  bytes: content,
  expected: { code: 'bad-input', message },
});

/** Files that hold no rows, each refused with what it is and what to do. */
export const refusedFiles: readonly HostileFile[] = [
  refused('an empty file', utf8(''), /is empty: expected rows/),
  refused('a byte order mark and nothing else', utf8('\uFEFF'), /is empty/),
  refused('blank lines and nothing else', utf8('\r\n\n\r\n'), /is empty/),
  refused(
    'a PDF',
    bytes('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj'),
    /is a PDF.*choose the file it was made from/,
  ),
  refused('a PNG', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), /is a PNG image/),
  refused('a JPEG', bytes('\xff\xd8\xff\xe0\0\x10JFIF'), /is a JPEG image/),
  refused(
    'an SQLite database',
    bytes('SQLite format 3\0\x10\0\x01\x01'),
    /is an SQLite database.*Export the table/,
  ),
  refused(
    'a workbook of before 2007',
    Buffer.concat([bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), Buffer.alloc(2048)]),
    /workbook of the old kind \(\.xls\).*save it as/,
  ),
  refused('a Parquet file', bytes('PAR1\x15\x04\x15\x10'), /is a Parquet file.*Export it as CSV/),
  refused('a 7-Zip archive', bytes('7z\xbc\xaf\x27\x1c\0\x04'), /is a 7-Zip archive.*Unpack it/),
  refused('a Zstandard archive', bytes('\x28\xb5\x2f\xfd\x04\0'), /is a Zstandard archive/),
  refused('a bzip2 archive', bytes('BZh91AY&SY\x01'), /is a bzip2 archive/),
  refused(
    'a tar archive',
    Buffer.concat([bytes('rows.csv'), Buffer.alloc(249), bytes('ustar\0')]),
    /is a tar archive/,
  ),
  refused('a web page under the name of a spreadsheet', utf8('\n<html><table><tr><td>a'), /is a web page/),
  refused('an XML workbook', utf8('<?xml version="1.0"?>\n<Workbook>'), /is an XML file/),
  refused('JSON', utf8('[{"anchor": "lamp", "target": "light"}]'), /is a JSON file/),
  refused('rich text', utf8('{\\rtf1\\ansi a,b}'), /is a rich text document/),
  refused('text in UTF-32', bytes('\xff\xfe\0\0a\0\0\0,\0\0\0'), /text in UTF-32/),
  refused('nothing but zero bytes', Buffer.alloc(100_000), /begins with 65536 zero bytes/),
  refused(
    'random bytes',
    Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919 + (at >> 3)) % 31)),
    /is no text/,
  ),
];
