import { execFile } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { longestCell, longestRecord, mostCells } from '../../src-main/csv/record-limits.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-large-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = join(folder, 'rows.csv');
const child = join(import.meta.dirname, 'read-child.ts');
const megabyte = 1024 * 1024;

interface Report {
  readonly rows: number;
  readonly faults: readonly [number, string][];
  readonly last: readonly string[] | null;
  readonly error?: { readonly code: string; readonly message: string };
  readonly megabytes: number;
}

async function read(): Promise<Report> {
  const { stdout } = await promisify(execFile)(process.execPath, [child, path]);
  const report = JSON.parse(stdout) as Report;
  // A loose bound on what a process of Node takes beyond itself, whatever the size of the file.
  expect(report.megabytes).toBeLessThan(200);
  return report;
}

/** Writes the beginning of a file and leaves the rest a hole. */
function writeSparse(start: string, bytes: number): void {
  const file = openSync(path, 'w');
  writeSync(file, start);
  ftruncateSync(file, bytes);
  closeSync(file);
}

describe('large files take little memory', { timeout: 120_000 }, () => {
  it('refuses a sparse file of 1 GB by its beginning', async () => {
    writeSparse('', 1024 * megabyte);
    expect((await read()).error).toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/begins with 65536 zero bytes/) as string,
    });
  });

  it('reads the rows before a hole of 1 GB, and the hole as one row with a fault', async () => {
    writeSparse(`anchor,target\n${'lamp,light source\n'.repeat(20_000)}`, 1024 * megabyte);
    expect(await read()).toMatchObject({
      rows: 20_001,
      faults: [[20_002, `a cell of more than ${longestCell} characters; expected a cell that is shorter`]],
    });
  });

  it.each([
    ['bare', (cell: string) => cell],
    ['quoted', (cell: string) => `"${cell}"`],
  ])('gives a row with a cell of 10 MB, %s, a fault and reads on behind it', async (_, write) => {
    const long = 'x'.repeat(10 * megabyte);
    writeFileSync(path, `anchor,target\nlamp,${write(long)},more\nlamp,light\n`);
    expect(await read()).toMatchObject({
      rows: 2,
      faults: [[2, `a cell of more than ${longestCell} characters; expected a cell that is shorter`]],
      last: ['lamp', 'light'],
    });
  });

  it('reads a cell as long as cells may be', async () => {
    writeFileSync(path, `anchor,target\nlamp,"${'x\n'.repeat(longestCell / 2)}"\nlamp,light\n`);
    expect(await read()).toMatchObject({ rows: 2, faults: [], last: ['lamp', 'light'] });
  });

  it('loses one row to a quote left open before three million others', async () => {
    writeFileSync(path, `anchor,target\nlamp,"light\n${'pump,water valve\n'.repeat(3_000_000)}pump,end\n`);
    const report = await read();
    expect(report).toMatchObject({ rows: 3_000_002, last: ['pump', 'end'] });
    expect(report.faults).toEqual([
      [
        2,
        expect.stringMatching(
          /^a quote that is not closed within 8388608 characters; expected a quote/,
        ) as string,
      ],
    ]);
  });

  it('gives a record of endless delimiters or endless cells a fault', async () => {
    const cells = `${'y'.repeat(longestCell / 2)},`.repeat(6);
    writeFileSync(path, `anchor,target\n${','.repeat(30 * megabyte)}\n${cells}\nlamp,light\n`);
    expect(await read()).toMatchObject({
      rows: 3,
      faults: [
        [2, `more than ${mostCells} cells; expected ${mostCells} cells at most`],
        [3, `a record of more than ${longestRecord} characters; expected a record that is shorter`],
      ],
      last: ['lamp', 'light'],
    });
  });

  it('refuses a gzip bomb before it has unpacked much', async () => {
    const part = gzipSync('lamp,light\n'.repeat(3_000_000));
    writeFileSync(path, Buffer.concat(Array.from({ length: 300 }, () => part)));
    expect((await read()).error).toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(
        /unpacks to \d+ bytes or more from \d+; tables pack 200:1 at most/,
      ) as string,
    });
  });

  it('refuses a ZIP bomb by what it announces', async () => {
    const bomb = Buffer.from(zipSync({ 'rows.csv': strToU8('lamp,light\n'.repeat(100)) }));
    bomb.writeUInt32LE(4_000_000_000, bomb.indexOf('PK\x01\x02', 0, 'latin1') + 24);
    writeFileSync(path, bomb);
    expect((await read()).error).toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/rows\.csv\) unpacks to 4000000000 bytes or more/) as string,
    });
  });
});
