import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { openTable } from '../src-main/table-file/open-table.ts';
import { makeRows } from './import/make-rows.ts';
import { watchStretches } from './stretches.ts';

// node bench/read-table.ts [ROWS]
// What opening and reading a file of rows costs, in the processor's time of all threads, and how long the event loop
// was held up; the same rows as UTF-8, gzip, UTF-16 and Windows-1252.

const rows = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
try {
  const file = join(folder, 'rows.csv');
  await makeRows(file, { rows, anchors: 2000 });
  await measure('UTF-8', file);
  await pipeline(createReadStream(file), createGzip({ level: 6 }), createWriteStream(`${file}.gz`));
  await measure('gzip', `${file}.gz`);
  const text = readFileSync(file, 'utf8');
  writeFileSync(`${file}.16`, `\uFEFF${text}`, 'utf16le');
  await measure('UTF-16', `${file}.16`);
  writeFileSync(`${file}.1252`, text.replaceAll(' o', ' \xf6'), 'latin1');
  await measure('Windows-1252', `${file}.1252`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(name: string, path: string): Promise<void> {
  const stretches = watchStretches();
  const opened = clock();
  const table = await openTable(path);
  const opening = opened();
  const reading = clock();
  let count = 0;
  let cells = 0;
  for await (const piece of table.pieces()) {
    count += piece.rows.length;
    for (const row of piece.rows) cells += row.cells.length;
  }
  const read = reading();
  stretches.stop();
  console.log(
    `${name}, ${(statSync(path).size / 1e6).toFixed(1)} MB, ${count} rows of ${(cells / count).toFixed(1)} cells: ` +
      `opened in ${opening.wall.toFixed(2)} s (${opening.cpu.toFixed(2)} s of processor), ` +
      `read in ${read.wall.toFixed(2)} s (${read.cpu.toFixed(2)} s of processor: ${Math.round(count / read.cpu)} rows a second); ` +
      `${stretches.told()}; resident ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`,
  );
}

function clock(): () => { readonly wall: number; readonly cpu: number } {
  const started = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
  };
}
