import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

// What survives collection after collection makes the young generation grow, where it may.
const program = (first: string) => `
  import { getHeapSpaceStatistics } from 'node:v8';
  import { keepHeapSmall } from '${join(import.meta.dirname, '../../src-main/host/keep-heap-small.ts')}';
  ${first}
  const kept = [];
  for (let index = 0; index < 2_000_000; index++) kept.push({ index });
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  console.log(young.space_size, kept.length);
`;
function youngBytes(first: string): number {
  const args = ['--input-type=module', '-e', program(first)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (!/^\d+ 2000000\n$/.test(stdout)) throw new Error(stderr);
  return Number(stdout.split(' ')[0]);
}

it('holds the young generation to a few megabytes', () => {
  expect(youngBytes('')).toBeGreaterThan(8 * 2 ** 20);
  expect(youngBytes('keepHeapSmall();')).toBeLessThan(6 * 2 ** 20);
});
