import { expect, it } from 'vitest';
import { unpackedPath } from '../../src-main/store/load-vector-extension.ts';

it.each([
  [
    '/opt/app/resources/app.asar/node_modules/v/vec0.so',
    '/opt/app/resources/app.asar.unpacked/node_modules/v/vec0.so',
  ],
  ['C:\\P\\resources\\app.asar\\v\\vec0.dll', 'C:\\P\\resources\\app.asar.unpacked\\v\\vec0.dll'],
  ['/app/node_modules/v/vec0.so', '/app/node_modules/v/vec0.so'],
])('looks for the vector extension outside the archive: %s', (path, expected) => {
  expect(unpackedPath(path)).toBe(expected);
});
