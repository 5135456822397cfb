import { expect, it } from 'vitest';
import { lastWords } from '../../src-main/engine-client/last-words.ts';

it.each([
  ['', null],
  ['\n \n', null],
  ['no graphics today\n', 'no graphics today'],
  [
    "node:internal/modules/loader:1\n  throw err;\n  ^\n\nError: Cannot find module '/x'\n    at load (node:x:1)\n\nNode.js v24",
    "Error: Cannot find module '/x'",
  ],
  ['TypeError: a is not a function\n    at b (/home/someone/c.ts:1:2)\n', 'TypeError: a is not a function'],
  [
    "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\n",
    'what():  std::bad_alloc',
  ],
  [
    '<--- Last few GCs --->\nFATAL ERROR: Reached heap limit Allocation failed\n----- Native stack trace -----\n 1: 0xe1',
    'FATAL ERROR: Reached heap limit Allocation failed',
  ],
  ['x'.repeat(1000), 'x'.repeat(300)],
])('the last words of %j are %j', (output, expected) => {
  expect(lastWords(output)).toBe(expected);
});
