import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  quickRecipe,
  temporaryFolder,
  weightsHash,
  writeTrainingFiles,
} from '../support/training-workspace.ts';

const bin = process.env['CHECK_BIN'] ?? resolve(import.meta.dirname, '../../scripts/priorphrase.mjs');

it('a training is interrupted, listed, resumed to the weights of one that was not, and its pack is used', async () => {
  const folder = temporaryFolder();
  const { labels, recipe } = writeTrainingFiles(folder, { recipe: { ...quickRecipe, epochs: 20 } });
  const env = { ...process.env, PRIORPHRASE_DATA_DIR: join(folder, 'workspace') };
  const cli = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', env });
    return { status, stdout, stderr };
  };
  const trainArguments = (out: string) => ['train', labels, '--recipe', recipe, '--out', join(folder, out)];

  const child = spawn(process.execPath, [bin, ...trainArguments('stopped')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
    if (/Epoch 2 of 20/.test(errors)) child.kill('SIGINT');
  });
  expect(await ended).toBe(130);
  expect(errors).toContain('Cancelling after the step under way…');
  expect(errors).toContain('npx priorphrase jobs resume 1');
  expect(existsSync(join(folder, 'stopped'))).toBe(false);
  expect(cli('jobs', 'list').stdout).toMatch(/1 +(cancelled|paused) .*Train quick on labels\.csv/);

  const resumed = cli('jobs', 'resume', '1');
  expect(resumed.status, resumed.stderr).toBe(0);
  expect(resumed.stdout).toContain('--scorer stopped');
  const whole = cli(...trainArguments('whole'));
  expect(whole.status, whole.stderr).toBe(0);
  expect(weightsHash(join(folder, 'stopped'))).toBe(weightsHash(join(folder, 'whole')));

  expect(cli('packs', 'verify').stdout).toMatch(/ok +stopped/);
  const scored = cli('score', labels, join(folder, 'out.csv'), '--scorer', 'stopped', '--json');
  expect(JSON.parse(scored.stdout)).toMatchObject({ rows: 200, scored: 200, scorer: 'stopped' });
  const evaluated = cli('evaluate', labels, '--scorer', 'stopped', '--unseen', '--json');
  expect(JSON.parse(evaluated.stdout)).toMatchObject({ anchors: 3, mode: 'pair' });
  // To another workspace it is brought by hand.
  const other = cli('packs', 'add', join(folder, 'stopped'), '--data-dir', join(folder, 'other'));
  expect(other.stdout).toMatch(/^Added stopped /);
});
