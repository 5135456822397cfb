import { join } from 'node:path';
import type { JobEntry } from '../../../src-main/contract/job.ts';
import { openRealApp } from '../real-app.ts';

// node bulk-child.ts WORKSPACE FOLDER
// Does what is not done yet of a chain of jobs, in the way a person would after a crash: resumes what was cut off, then
// starts what is missing. Prints `begin KIND` and `end KIND` around each job, for whoever kills it in the middle.

const [workspace = '', folder = ''] = process.argv.slice(2);
const { app, call } = await openRealApp(workspace);
const { signal } = new AbortController();
const onProgress = (): void => undefined;

const steps: readonly { readonly kind: JobEntry['kind']; start(): Promise<unknown> }[] = [
  {
    kind: 'library-import',
    start: () => app.importLibrary({ path: join(folder, 'rows.csv'), library: 'bulk' }, onProgress, signal),
  },
  {
    kind: 'score-file',
    start: () =>
      app.scoreFile(
        { input: join(folder, 'pairs.csv'), output: join(folder, 'scored.csv'), mode: 'pair' },
        { onProgress, signal },
      ),
  },
  {
    kind: 'score-sheet',
    async start() {
      const [sheet] = await call('sheets.list', {});
      const { id } = await call('sheets.score', { sheet: sheet?.id ?? 0 });
      await ended(id);
    },
  },
  {
    kind: 'export',
    async start() {
      const [sheet] = await call('sheets.list', {});
      const output = join(folder, 'exported.csv');
      const filter = { ratings: [], text: '', symbol: '', failed: false };
      const source = {
        of: 'sheet',
        sheet: sheet?.id ?? 0,
        filter,
        sort: { by: 'score', descending: true },
      } as const;
      const format = { format: 'csv', bom: false, guardFormulas: true } as const;
      await app.exportFile({ source, format, output }, onProgress, signal);
    },
  },
];

const unfinished = (await call('jobs.list', {})).filter(({ state }) => state !== 'done').reverse();
for (const { id, kind } of unfinished) await announced(kind, () => app.resumeJob({ id, onProgress, signal }));
for (const { kind, start } of steps) {
  const done = (await call('jobs.list', {})).some((job) => job.kind === kind && job.state === 'done');
  if (!done) await announced(kind, start);
}
console.log('done');
await app.close();

async function announced(kind: string, work: () => Promise<unknown>): Promise<void> {
  console.log(`begin ${kind}`);
  await work();
  console.log(`end ${kind}`);
}

async function ended(id: number): Promise<void> {
  for (;;) {
    const job = (await call('jobs.list', {})).find((entry) => entry.id === id);
    if (job?.state === 'done') return;
    if (job?.state !== 'queued' && job?.state !== 'running') {
      throw new Error(`Job ${id} is ${job?.state ?? 'gone'}: ${job?.error ?? ''}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
