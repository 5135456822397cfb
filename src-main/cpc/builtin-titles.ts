import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import { ParentTracker } from './parent-tracker.ts';
import { PlacedTitles, type PlacedTitle } from './placed-titles.ts';
import { parseTitleRow } from './title-row.ts';

/** The sections, classes and subclasses that come with the product, from `cpc/titles.tsv` of the resources folder. */
export async function builtinTitles(resourcesDir: string): Promise<readonly PlacedTitle[]> {
  const path = join(resourcesDir, 'cpc', 'titles.tsv');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError(
      'internal',
      `The built-in CPC titles are missing at ${path}. Install Priorphrase again.`,
      {},
      { cause },
    );
  });
  const tracker = new ParentTracker();
  const placed = new PlacedTitles();
  for (const line of text.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue;
    const row = parseTitleRow(line.replace('\t', '\t\t'));
    if ('expected' in row) throw new Error(`${path}: expected ${row.expected}, found ${line.slice(0, 80)}`);
    placed.add(row, tracker.parentOf(row));
  }
  return [...placed.bySymbol.values()];
}
