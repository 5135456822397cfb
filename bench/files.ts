import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importLibrary } from '../src-main/services/import-library.ts';
import { scoreFile } from '../src-main/services/score-file.ts';
import { openStore } from '../src-main/store/open.ts';
import { lookupFixture } from '../tests/support/lookup-fixture.ts';

// node bench/files.ts
// What reading, storing and writing cost without the models: 30,000 phrases imported, 100,000 rows scored by a stand-in.

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const store = openStore(join(folder, 'bench.sqlite'));
const { context } = lookupFixture({ store });
try {
  const words =
    'optical coupler device lamp tooth brush water treatment valve pump housing cover plate'.split(' ');
  const phrase = (at: number): string =>
    `${words[at % 13]} ${words[(at * 7) % 11]} ${words[(at * 3) % 12]} ${at}`;
  const phrases = join(folder, 'phrases.csv');
  writeFileSync(phrases, ['phrase', ...Array.from({ length: 30_000 }, (_, at) => phrase(at))].join('\n'));
  await measure('import of 30,000 phrases', 30_000, () =>
    importLibrary(context, { path: phrases, library: 'bench' }),
  );
  await measure('the same again', 30_000, () => importLibrary(context, { path: phrases, library: 'bench' }));

  const pairs = join(folder, 'pairs.csv');
  const rows = Array.from(
    { length: 100_000 },
    (_, at) => `${phrase(Math.floor(at / 25))},${phrase(at)},A${10 + (at % 90)}`,
  );
  writeFileSync(pairs, ['anchor,target,context', ...rows].join('\n'));
  const scoring = { input: pairs, output: join(folder, 'out.csv'), mode: 'pair' } as const;
  const line = { jobId: 1, checkpoint: null, save: () => {} };
  const score = () => scoreFile(context, scoring, () => {}, undefined, line);
  await measure('scoring of 100,000 rows', 100_000, score);
  await measure('the same from the cache', 100_000, score);
} finally {
  store.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(name: string, rows: number, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1e6;
  const wall = (performance.now() - started) / 1000;
  console.log(
    `${name}: ${wall.toFixed(2)} s (${cpu.toFixed(2)} s of processor), ${Math.round(rows / wall)} rows a second`,
  );
}
