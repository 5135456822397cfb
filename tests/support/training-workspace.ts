import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RecipeInput } from '../../src-main/contract/recipe.ts';
import { seededRandom } from './seeded-random.ts';

/** The root of the repository. */
export const root = resolve(import.meta.dirname, '../..');

/** A recipe that trains in a second or two. */
export const quickRecipe: RecipeInput = {
  encoder: {
    kind: 'fresh',
    layers: 1,
    hidden: 32,
    heads: 2,
    tokeniser: { kind: 'built-in', vocabulary: 3000 },
  },
  epochs: 6,
  batchSize: 16,
  maxLength: 40,
  learningRate: 0.003,
  headLearningRate: 0.003,
};

const things = ['pump', 'valve', 'table', 'lamp', 'shaft', 'wheel', 'filter', 'sensor', 'panel', 'lens'];
const kinds = ['unlike', 'distant', 'similar', 'alike', 'same'];

/** Rows of a CSV of labels, without its header: a word of the target tells the score. */
export function labelRows(): string[] {
  const random = seededRandom(11);
  return Array.from({ length: 200 }, (_, row) => {
    const anchor = `${things[row % 10]} ${things[(row % 20) % 7]}`;
    const kind = Math.floor(random() * 5);
    const target = `${kinds[kind]} ${things[Math.floor(random() * 10)]} ${row}`;
    return `${anchor},${target},${row % 3 === 0 ? 'F04' : 'A47'},${kind / 4}`;
  });
}

/** A folder that is removed when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'priorphrase-train-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes labels and a recipe into a folder and gives their paths. */
export function writeTrainingFiles(
  folder: string,
  {
    rows = labelRows(),
    recipe = quickRecipe,
  }: { readonly rows?: readonly string[]; readonly recipe?: RecipeInput } = {},
): { readonly labels: string; readonly recipe: string } {
  const labels = join(folder, 'labels.csv');
  const recipePath = join(folder, 'quick.json');
  writeFileSync(labels, ['anchor,target,context,score', ...rows, ''].join('\n'));
  writeFileSync(recipePath, JSON.stringify(recipe));
  return { labels, recipe: recipePath };
}

/** The hash of a pack's weights. */
export function weightsHash(pack: string): string {
  return createHash('sha256')
    .update(readFileSync(join(pack, 'model.safetensors')))
    .digest('hex');
}
