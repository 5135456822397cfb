import { expect, it } from 'vitest';
import { applyColumnMap } from '../../src-main/csv/apply-column-map.ts';
import { describeColumns } from '../../src-main/csv/describe-columns.ts';
import type { OpenTable } from '../../src-main/csv/table.ts';

const header = ['anchor', 'target', 'Old Score', 'score'];
const table = {
  reading: { columns: describeColumns(header, []) },
  header,
} as unknown as OpenTable;

it('gives the named columns their roles and takes them from others', () => {
  const { reading } = applyColumnMap('a.csv', table, { score: 'old score', anchor: 'target' });
  expect(reading.columns).toEqual([
    { name: 'anchor', role: null, reason: 'You chose another column for the anchor.' },
    { name: 'target', role: 'anchor', reason: 'You chose it.' },
    { name: 'Old Score', role: 'score', reason: 'You chose it.' },
    { name: 'score', role: null, reason: 'You chose another column for the score.' },
  ]);
});

it('says which columns there are where the named one is not', () => {
  expect(() => applyColumnMap('a.csv', table, { context: 'cpc' })).toThrow(
    'a.csv has no column "cpc" for the context; its columns are "anchor", "target", "Old Score", "score".',
  );
});
