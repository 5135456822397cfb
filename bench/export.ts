// Exports a sheet of a million scored rows (or as many as the first argument says) as CSV and as a workbook, in the order
// of the file and by score, and reads the workbook back: seconds by the clock and of the processor, gaps of the event
// loop, memory. npm run bench -- export [rows]
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportFormat, exportSource } from '../src-main/contract/export-calls.ts';
import { exportJob } from '../src-main/services/export-job.ts';
import { createFileShelf } from '../src-main/services/file-shelf.ts';
import type { JobContext } from '../src-main/services/job-context.ts';
import { openStore } from '../src-main/store/open.ts';
import { openWorkbook } from '../src-main/xlsx/read-workbook.ts';
import { fillSheet } from './sheets/fill-sheet.ts';
import { watchStretches } from './stretches.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const store = openStore(join(folder, 'workspace.db'));
const watch = watchStretches();
try {
  const sheet = await fillSheet(store, rows);
  console.log(`${rows.toLocaleString('en')} rows of 5 cells`);
  const context = { store, files: createFileShelf({ store, dataDir: folder }) } as unknown as JobContext;
  const job = exportJob(context);
  const line = { jobId: 1, show: () => {}, checkpoint: null, save: () => {} };
  const { signal } = new AbortController();
  for (const by of ['line', 'score'] as const) {
    for (const format of ['csv', 'xlsx'] as const) {
      const output = join(folder, `${by}.${format}`);
      const source = exportSource.parse({ of: 'sheet', sheet, sort: { by } });
      const spec = { source, format: exportFormat.parse({ format }), output };
      await measured(`${format} by ${by}`, async () => {
        await job.run(spec, () => {}, signal, line);
        return `${megabytes(statSync(output).size)}`;
      });
    }
  }
  await measured('workbook read', async () => {
    const workbook = await openWorkbook(join(folder, 'line.xlsx'));
    let read = 0;
    for await (const piece of workbook.pieces()) read += piece.rows.length;
    return `${read.toLocaleString('en')} rows`;
  });
} finally {
  watch.stop();
  await store.stopReading();
  store.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measured(name: string, work: () => Promise<string>): Promise<void> {
  const resident = process.memoryUsage.rss();
  let most = resident;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100);
  watch.reset();
  const started = performance.now();
  const before = process.cpuUsage();
  const told = await work();
  const { user, system } = process.cpuUsage(before);
  clearInterval(timer);
  const clock = ((performance.now() - started) / 1000).toFixed(1);
  const processor = ((user + system) / 1e6).toFixed(1);
  console.log(
    `${name}: ${clock} s, ${processor} s of the processor, ${told}, at most ${megabytes(most)} resident (${megabytes(resident)} before); ${watch.told()}`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}
