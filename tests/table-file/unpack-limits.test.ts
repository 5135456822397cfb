import { expect, it } from 'vitest';
import { refuseBomb, unpackLimits } from '../../src-main/table-file/unpack-limits.ts';

const { freeBytes, ratio, mostBytes } = unpackLimits;

it('lets through what tables pack to, and small archives whatever they unpack to', () => {
  expect(() => {
    refuseBomb('a.gz', 1, freeBytes);
    refuseBomb('a.gz', freeBytes, ratio * freeBytes);
    refuseBomb('a.gz', mostBytes, mostBytes);
  }).not.toThrow();
});

it.each([
  ['a ratio that only bombs have', freeBytes / ratio, freeBytes + 1, /tables pack 200:1 at most/],
  ['more bytes than any table has', mostBytes, mostBytes + 1, /64 GB at most are read/],
])('refuses %s and says how to go on', (_, packed, unpacked, message) => {
  expect(() => refuseBomb('a.gz', packed, unpacked)).toThrow(message);
  expect(() => refuseBomb('a.gz', packed, unpacked)).toThrow(/Unpack it yourself if you trust it/);
});
