import { expect, it } from 'vitest';
import { defaultDataDir } from '../../src-main/host/data-dir.ts';

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
