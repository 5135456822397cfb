import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLabelledRows } from '../../../../scripts/train-scorer/data/phrase-pairs.ts';

const lines = [
  'pump,valve,1d,0.25,F04',
  'pump,heat pump,2a,0.50,F04',
  'axle,shaft,3,0.75,B60',
  'axle,axles,4,1.00,B60',
];

async function folderWith(rows: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'phrase-pairs-'));
  await mkdir(join(folder, 'phrases'));
  await writeFile(
    join(folder, 'phrases/train.csv'),
    ['anchor,target,rating,score,context', ...rows, ''].join('\n'),
  );
  return folder;
}

it('reads the same rows in the same order, however the file is ordered', async () => {
  const folders = await Promise.all([folderWith(lines), folderWith([...lines].reverse())]);
  const [rows, backwards] = await Promise.all(folders.map((folder) => readLabelledRows(folder, 'train')));
  expect(backwards).toEqual(rows);
  expect(rows?.targets).toEqual(['axles', 'shaft', 'heat pump', 'valve']);
  expect([...(rows?.labels ?? [])]).toEqual([1, 0.75, 0.5, 0.25]);
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

it('gives each class the text that the product shows', async () => {
  const folder = await folderWith(lines);
  const { contexts } = await readLabelledRows(folder, 'train');
  expect(contexts.map(({ symbol }) => symbol)).toEqual(['B60', 'F04']);
  expect(contexts[0]?.text).toMatch(/^performing operations.*vehicles/);
  await rm(folder, { recursive: true });
});
