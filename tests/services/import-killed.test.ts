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
import type { Store } from '../../src-main/store/store.ts';
import { jobContext } from '../support/job-context.ts';

const rows = 120_000;

/** A file that is read on a thread in several blocks; every 997th row is bad. */
function writeRows(path: string): void {
  const line = (at: number): string =>
    at % 997 === 0 ? `anchor ${at % 300},,${at}` : `Anchor ${at % 300},target ${(at * 7919) % 9000},${at}`;
  writeFileSync(path, `anchor,target,id\n${Array.from({ length: rows }, (_, at) => line(at)).join('\n')}\n`);
}

/** Runs or resumes the import in a process of its own and kills it once so many rows are reported. */
async function importUntil(database: string, file: string, done: number): Promise<void> {
  const script = join(import.meta.dirname, '../support/import-child.ts');
  const child = spawn(process.execPath, [script, database, file, 'library-import'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const job = JSON.parse(line) as Partial<JobEntry>;
    if (job.kind === 'library-import' && job.state === 'running' && (job.done ?? 0) >= done) break;
  }
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
}

/** Everything that an import stores, whatever ids it got. */
function contentsOf(store: Store): unknown {
  return {
    rows: store.values(
      `SELECT line || ',' || a.key || ',' || t.display || ',' || cells FROM sheet_row
         JOIN phrase a ON a.id = anchor_id JOIN phrase t ON t.id = target_id ORDER BY line`,
    ),
    bad: store.all('SELECT line, column_name, found, expected, cells FROM sheet_bad ORDER BY line'),
    sheets: store.all('SELECT name, rows, bad, complete FROM sheet'),
    named: store.values('SELECT key FROM sheet_phrase JOIN phrase ON id = phrase_id ORDER BY key'),
    held: store.values('SELECT key FROM library_phrase JOIN phrase ON id = phrase_id ORDER BY key'),
    counted: store.all(
      `SELECT phrases, (SELECT value FROM tally WHERE name = 'phrase') AS all_phrases FROM library`,
    ),
    words: store.values('SELECT word FROM word ORDER BY word'),
  };
}

async function finish(database: string, folder: string, file: string): Promise<readonly [unknown, unknown]> {
  const store = openStore(database);
  try {
    const handlers = jobHandlers(jobContext(store, folder));
    const runner = new JobRunner({ store, handlers, emit: () => {}, log: () => {} });
    runner.recover();
    // On a fast machine the last kill may fall behind the import, into the embedding that follows it.
    const jobs = runner.list();
    if (jobs.length === 0) runner.start('library-import', { path: file, library: 'mine' });
    for (const { id, state } of jobs) if (state === 'paused') runner.resume(id);
    await runner.whenIdle();
    expect(runner.list().map(({ kind, state }) => [kind, state])).toEqual([
      ['embed', 'done'],
      ['library-import', 'done'],
    ]);
    expect(store.values('PRAGMA integrity_check')).toEqual(['ok']);
    // Throws where the word index does not say what the phrases say.
    store.exec(`INSERT INTO phrase_words (phrase_words) VALUES ('integrity-check')`);
    return [contentsOf(store), runner.list().at(-1)?.result];
  } finally {
    store.close();
  }
}

it(
  'finishes an import that was killed again and again as if nothing had been',
  { timeout: 240_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'priorphrase-killed-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'rows.csv');
    writeRows(file);
    const killed = join(folder, 'killed.sqlite');
    for (const done of [0, 1, 20_000, 40_000, 60_000]) await importUntil(killed, file, done);
    const [found, result] = await finish(killed, folder, file);
    const [expected, undisturbed] = await finish(join(folder, 'whole.sqlite'), folder, file);
    expect(result).toEqual(undisturbed);
    expect(result).toMatchObject({ kind: 'import', rows, bad: 121, good: rows - 121, known: 0 });
    expect(found).toEqual(expected);
  },
);
