import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import type { JobEntry } from '../../src-main/contract/job.ts';
import { jobHandlers } from '../../src-main/services/job-kinds.ts';
import { JobRunner } from '../../src-main/services/job-runner.ts';
import { openStore } from '../../src-main/store/open.ts';
import { countCpc } from '../../src-main/store/tables/cpc.ts';
import { findLibrary } from '../../src-main/store/tables/library.ts';
import { countPhrases } from '../../src-main/store/tables/phrase.ts';
import { jobContext } from '../support/job-context.ts';

it(
  'finishes an import whose process was killed, with no row lost or repeated',
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'priorphrase-killed-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const list = join(folder, 'list.txt');
    const database = join(folder, 'workspace.sqlite');
    const groups = Array.from({ length: 9999 }, (_, at) => `A47B${at + 1}/00\t0\tTable number ${at + 1}`);
    writeFileSync(
      list,
      ['A\t\tHUMAN NECESSITIES', 'A47\t\tFURNITURE', 'A47B\t\tTABLES', ...groups].join('\n'),
    );

    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../support/import-child.ts'), database, list],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const ended = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) {
      if ((JSON.parse(line) as JobEntry).done > 0) break;
    }
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);

    const store = openStore(database);
    onTestFinished(() => store.close());
    const found = countCpc(store);
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(10_002);
    const runner = new JobRunner({
      store,
      handlers: jobHandlers(jobContext(store, folder)),
      emit: () => {},
      log: () => {},
    });
    runner.recover();
    const [job] = runner.list();
    expect(job).toMatchObject({ kind: 'cpc-import', state: 'paused' });
    runner.resume(job!.id);
    await runner.whenIdle();
    expect(runner.list().map(({ kind, state }) => [kind, state])).toEqual([
      ['embed', 'done'],
      ['cpc-import', 'done'],
    ]);
    expect([countCpc(store), countPhrases(store), findLibrary(store, 'CPC titles')?.phrases]).toEqual([
      10_002, 10_002, 10_002,
    ]);
  },
);
