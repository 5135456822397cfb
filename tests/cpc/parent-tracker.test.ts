import { expect, it } from 'vitest';
import { ParentTracker } from '../../src-main/cpc/parent-tracker.ts';
import { parseTitleRow, type TitleRow } from '../../src-main/cpc/title-row.ts';

function parents(lines: string): Record<string, string | null> {
  const tracker = new ParentTracker();
  const rows = lines.split('\n').map((line) => parseTitleRow(`${line.replace(' ', '\t')}\tx`) as TitleRow);
  return Object.fromEntries(rows.map((row) => [row.symbol, tracker.parentOf(row)]));
}

it('finds the parent of a subgroup by its level, interleaved 2000-series and all', () => {
  const lines =
    'F \nF16 \nF16H \nF16H48/00 0\nF16H2048/02 1\nF16H2048/04 2\nF16H48/05 1\nF16H48/06 2\nF16H48/08 3\nF16H48/10 1\nF16H49/00 0';
  expect(parents(lines)).toEqual({
    F: null,
    F16: 'F',
    F16H: 'F16',
    'F16H48/00': 'F16H',
    'F16H2048/02': 'F16H48/00',
    'F16H2048/04': 'F16H2048/02',
    'F16H48/05': 'F16H48/00',
    'F16H48/06': 'F16H48/05',
    'F16H48/08': 'F16H48/06',
    'F16H48/10': 'F16H48/00',
    'F16H49/00': 'F16H',
  });
});

it('gives no parent from another part of the scheme when heads are missing', () => {
  expect(parents('A \nA01 \nA01B \nH04L1/00 0\nH04L1/02 1')).toEqual({
    A: null,
    A01: 'A',
    A01B: 'A01',
    'H04L1/00': null,
    'H04L1/02': 'H04L1/00',
  });
});
