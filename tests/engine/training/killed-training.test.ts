import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { trainedWeights, trainInChild } from './killed-training.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'priorphrase-kill-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a run that is killed again and again ends in the same weights, to the last bit', async () => {
  const [whole, broken] = [join(folder, 'whole'), join(folder, 'broken')];
  await trainInChild(whole, null);
  const ends = [];
  for (const delay of [0, 90, 170, 35]) ends.push(await trainInChild(broken, delay));
  const last = await trainInChild(broken, null);
  expect(ends.some(({ finished }) => !finished)).toBe(true);
  expect(last.finished).toBe(true);
  expect(last.events[0]?.kind).toBe('resumed');
  expect(trainedWeights(broken).equals(trainedWeights(whole))).toBe(true);
}, 60_000);
