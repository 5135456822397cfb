/** A record as RFC 4180 writes it, without its line break. */
export function writeRow(cells: readonly string[], delimiter: string): string {
  if (cells.length === 1 && cells[0] === '') return '""';
  return cells.map((cell) => writeCell(cell, delimiter)).join(delimiter);
}

function writeCell(cell: string, delimiter: string): string {
  // A byte order mark at the start of a bare cell could be taken for that of the file.
  const bare = !cell.includes(delimiter) && !/["\r\n]|^\uFEFF/.test(cell);
  return bare ? cell : `"${cell.replaceAll('"', '""')}"`;
}
