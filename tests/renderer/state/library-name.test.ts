import { expect, it } from 'vitest';
import { libraryNameOf } from '../../../src-renderer/state/library-name.ts';

it.each([
  ['claim-pairs.csv', 'claim-pairs'],
  ['Terms 2024.CSV.gz', 'Terms 2024'],
  ['v1.2 list.xlsx', 'v1.2 list'],
  ['.csv', '.csv'],
  ['plain', 'plain'],
])('names the library of %s %s', (file, name) => {
  expect(libraryNameOf(file)).toBe(name);
});
