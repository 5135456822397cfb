import { expect, it } from 'vitest';
import { detectNewline } from '../../src-main/csv/newline.ts';

it.each([
  ['anchor,target\n1,2\r\n', '\n'],
  ['anchor;target\r\n', '\r\n'],
  ['anchor\ttarget\r', '\r'],
  ['"a\nb";c\r\n', '\r\n'],
  ['anchor|target', '\n'],
  ['', '\n'],
])('finds the line break of %j', (text, expected) => {
  expect(detectNewline(text)).toBe(expected);
});
