import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labelledRows } from '../../../../scripts/train-scorer/data/phrase-pairs.ts';
import { withSyntheticRows } from '../../../../scripts/train-scorer/data/synthetic-rows.ts';
import { isHeldOut, readCpcPhrases } from '../../../../scripts/train-scorer/data/cpc-phrases.ts';

const titles = Array.from(
  { length: 40 },
  (_, n) => `A47B1/${10 + n}\t1\tTables number${n}; Chairs {(beds A47C1/00)} kind${n}`,
);
const list = [
  'A\t\tHUMAN NECESSITIES',
  'A47\t\tFURNITURE',
  'A47B\t\tTABLES',
  'A47B1/00\t0\tDesks',
  ...titles,
].join('\n');
const train = labelledRows(
  Array.from({ length: 100 }, (_, n) => ({
    anchor: n % 2 === 0 ? 'heat pump' : 'roller blind',
    target: n % 2 === 0 ? `pumping unit${n}` : `blinding cover${n}`,
    context: n % 2 === 0 ? 'F04' : 'E06',
    score: (n % 5) / 4,
  })),
  new Map(),
);
const rules = {
  seed: 3,
  strangers: 0.3,
  titles: 0.3,
  extended: 0.2,
  extendedFactor: 0.7,
  weight: 0.1,
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synthetic-rows-'));
  await mkdir(join(folder, 'cpc'));
  await writeFile(join(folder, 'cpc/list.zip'), zipSync({ 'cpc-section-A_20220201.txt': strToU8(list) }));
});
afterAll(() => rm(folder, { recursive: true }));

it('leaves the labelled rows first and as they are', () => {
  const { rows, weights, labelled } = withSyntheticRows(folder, train, rules);
  expect([labelled, rows.anchors.length, rows.labels.length, weights.length]).toEqual([100, 180, 180, 180]);
  expect(rows.targets.slice(0, 100)).toEqual(train.targets);
  expect([...rows.labels.subarray(0, 100)]).toEqual([...train.labels]);
  expect([weights[0], weights[99], weights[100], weights[179]]).toEqual([
    1,
    1,
    ...[0.1, 0.1].map(Math.fround),
  ]);
});

it('makes strangers of targets and titles that share no root with the anchor', () => {
  const { rows } = withSyntheticRows(folder, train, rules);
  const strangers = Array.from({ length: 60 }, (_, n) => 100 + n);
  expect(strangers.filter((row) => rows.labels[row] !== 0)).toEqual([]);
  expect(
    strangers.filter((row) => /pump|heat/.test(rows.targets[row]!) && rows.anchors[row] === 'heat pump'),
  ).toEqual([]);
});

it('lengthens targets of .5 and more and takes a share of the label off', () => {
  const { rows } = withSyntheticRows(folder, train, rules);
  for (let row = 160; row < 180; row++) {
    expect(train.targets.some((target) => rows.targets[row]!.includes(target))).toBe(true);
    expect([0.35, 0.525, 0.7].some((label) => Math.abs(label - rows.labels[row]!) < 1e-6)).toBe(true);
  }
});

it('is the same for the same seed, and never shows a held-out title', () => {
  const once = withSyntheticRows(folder, train, rules);
  expect(withSyntheticRows(folder, train, rules)).toEqual(once);
  const held = readCpcPhrases(folder).filter(isHeldOut);
  expect(held.length).toBeGreaterThan(5);
  expect(once.rows.targets.filter((target) => held.includes(target))).toEqual([]);
});

it('lists CPC titles as the product does: groups only, no references', () => {
  const phrases = readCpcPhrases(folder);
  expect(phrases).toHaveLength(41);
  expect(phrases).toContain('tables number7; chairs kind7');
  expect(phrases).toContain('desks');
});
