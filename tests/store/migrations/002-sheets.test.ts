import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { initial } from '../../../src-main/store/migrations/001-initial.ts';
import { sheets } from '../../../src-main/store/migrations/002-sheets.ts';

it('keeps every job, and tells the process that ran it apart from what it had reached', () => {
  const database = new Database(':memory:');
  onTestFinished(() => void database.close());
  const exec = (sql: string): void => void database.exec(sql);
  initial.up(exec);
  exec(`INSERT INTO job (kind, state, title, spec, checkpoint, created_at, updated_at) VALUES
    ('embed', 'running', 'a', '{}', '{"pid":7}', '2026', '2026'), ('train', 'done', 'b', '{"x":1}', NULL, '2026', '2026')`);
  sheets.up(exec);
  expect(
    database.prepare('SELECT kind, state, spec, checkpoint, owner, result FROM job ORDER BY id').all(),
  ).toEqual([
    { kind: 'embed', state: 'running', spec: '{}', checkpoint: null, owner: '{"pid":7}', result: null },
    { kind: 'train', state: 'done', spec: '{"x":1}', checkpoint: null, owner: null, result: null },
  ]);
});
