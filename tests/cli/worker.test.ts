import { expect, it } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import type { CliApp } from '../../src-main/cli/cli-app.ts';
import { run, stubApp } from './support.ts';

it('works at the queue until it is interrupted and says what it did', async () => {
  const asked: unknown[] = [];
  const workQueue: CliApp['workQueue'] = async ({ onReady, onChunk, ...rest }) => {
    asked.push(rest.queue, rest.scorer);
    onReady({ id: 'scorer-trees-1', hash: 'abcdef0123456789' });
    onChunk(500, null);
    onChunk(500, new Error('the engine stopped'));
    onChunk(500, null);
  };
  const args = ['worker', '--queue', 'redis://me:secret@host', '--scorer', 'mine'];
  const { code, stdout, stderr } = await run(args, { stub: stubApp({}, { workQueue }) });
  expect(code).toBe(0);
  expect(asked).toEqual(['redis://me:secret@host', 'mine']);
  expect(stderr).toContain('Scoring with scorer-trees-1 (abcdef012345)');
  expect(stderr).toContain('the engine stopped');
  expect(stdout).toBe(
    'Scored 1000 pairs for redis://me:***@host.\n1 chunks failed here and were given out again.\n',
  );
});

it('needs a queue', async () => {
  const { code, stderr } = await run(['worker']);
  expect(code).toBe(2);
  expect(stderr).toContain('--queue');
});

it('says that a queue is not there', async () => {
  const workQueue = () => Promise.reject(new AppError('bad-input', 'Found "x" as the address of the queue.'));
  const { code, stderr } = await run(['worker', '--queue', 'x'], { stub: stubApp({}, { workQueue }) });
  expect(code).toBe(2);
  expect(stderr).toContain('the address of the queue');
});
