import { toErrorShape } from '../../src-main/contract/app-error.ts';
import { openTable } from '../../src-main/table-file/open-table.ts';

// node tests/table-file/read-child.ts PATH
// Reads a file in a process of its own and prints what became of it and how much memory that took.

const before = process.memoryUsage.rss();
const report: Record<string, unknown> = { rows: 0, faults: [], last: null };
try {
  const table = await openTable(process.argv[2]!);
  const faults: [number, string][] = [];
  let rows = 0;
  let last: readonly string[] = [];
  for await (const piece of table.pieces()) {
    rows += piece.rows.length;
    for (const row of piece.rows) if (row.fault !== undefined) faults.push([row.line, row.fault]);
    last = (piece.rows.at(-1)?.cells ?? last).map((cell) => cell.slice(0, 100));
  }
  Object.assign(report, { rows, faults, last });
} catch (error) {
  report['error'] = toErrorShape(error);
}
report['megabytes'] = Math.round((process.resourceUsage().maxRSS * 1024 - before) / 1e6);
process.stdout.write(JSON.stringify(report));
