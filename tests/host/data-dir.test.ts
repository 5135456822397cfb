import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { defaultDataDir, makeDataDir } from '../../src-main/host/data-dir.ts';

const home = '/home/ann';

it.skipIf(process.platform === 'win32').each([
  ['linux', {}, '/home/ann/.local/share/priorphrase'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/priorphrase'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ann/.local/share/priorphrase'],
  ['darwin', {}, '/home/ann/Library/Application Support/priorphrase'],
  ['win32', { APPDATA: '/roaming' }, '/roaming/priorphrase'],
  ['win32', {}, '/home/ann/AppData/Roaming/priorphrase'],
  ['linux', { PRIORPHRASE_DATA_DIR: '/mine', XDG_DATA_HOME: '/data' }, '/mine'],
  ['linux', { PRIORPHRASE_DATA_DIR: '' }, '/home/ann/.local/share/priorphrase'],
] as const)('on %s with %j the workspace is in %s', (platform, env, folder) => {
  expect(defaultDataDir({ platform, env, home })).toBe(folder);
});

it('the workspace is made for this user alone, or the user hears why not', () => {
  const root = mkdtempSync(join(tmpdir(), 'priorphrase-workspace-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'deep/workspace');
  makeDataDir(folder);
  makeDataDir(folder);
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o077).toBe(0);
  writeFileSync(join(root, 'file'), '');
  expect(() => makeDataDir(join(root, 'file/workspace'))).toThrow(/cannot be made .* --data-dir/);
});
