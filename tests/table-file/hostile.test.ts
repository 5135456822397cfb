import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tableReading } from '../../src-main/contract/table-file.ts';
import type { CsvRow } from '../../src-main/csv/csv-row.ts';
import type { OpenTable } from '../../src-main/csv/table.ts';
import { openTable } from '../../src-main/table-file/open-table.ts';
import { delimiters } from '../csv/hostile/delimiters.ts';
import { encodings } from '../csv/hostile/encodings.ts';
import { headers } from '../csv/hostile/headers.ts';
import type { HostileFile } from '../csv/hostile/hostile-file.ts';
import { lineEnds } from '../csv/hostile/line-ends.ts';
import { quoting } from '../csv/hostile/quoting.ts';
import { refusedFiles } from '../csv/hostile/refused.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const groups: Readonly<Record<string, readonly HostileFile[]>> = {
  delimiters,
  quoting,
  'line ends': lineEnds,
  encodings,
  headers,
  refused: refusedFiles,
};

async function allRows(table: OpenTable): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const piece of table.pieces()) rows.push(...piece.rows);
  return rows;
}

describe.each(Object.entries(groups))('hostile files: %s', (_, files) => {
  it.each(files.map((file) => [file.name, file] as const))('%s', async (_name, file) => {
    const path = join(folder, 'file.csv');
    writeFileSync(path, file.bytes);
    const { expected } = file;
    if ('code' in expected) {
      await expect(openTable(path, file.choices)).rejects.toMatchObject({
        code: expected.code,
        message: expect.stringMatching(expected.message) as string,
      });
      return;
    }
    const table = await openTable(path, file.choices);
    expect(tableReading.parse(table.reading)).toEqual(table.reading);
    const rows = await allRows(table);
    const { encoding, delimiter } = table.reading;
    expect({
      encoding: encoding?.value,
      delimiter: delimiter?.value,
      header: table.header,
      rows: rows.map((row) => row.cells),
      lines: rows.map((row) => row.line),
    }).toEqual({
      encoding: expected.encoding ?? encoding?.value,
      delimiter: expected.delimiter === undefined ? delimiter?.value : expected.delimiter,
      header: expected.header,
      rows: expected.rows,
      lines: expected.lines ?? rows.map((row) => row.line),
    });
    const faults = rows.flatMap((row, at) => (row.fault === undefined ? [] : [[at, row.fault] as const]));
    expect(faults.map(([at]) => at)).toEqual(Object.keys(expected.faults ?? {}).map(Number));
    for (const [at, fault] of faults) expect(fault).toMatch(expected.faults![at]!);
    // A second reading begins anew.
    expect(await allRows(table)).toEqual(rows);
  });
});

it('has at least sixty hostile files', () => {
  expect(Object.values(groups).flat().length).toBeGreaterThanOrEqual(60);
});
