import type { CallInput, CallOutput } from '../../../src-main/contract/calls.ts';
import type { JobEntry, JobResult } from '../../../src-main/contract/job.ts';
import type { BadRow } from '../../../src-main/contract/import-calls.ts';
import type { ColumnRoleName, Delimiter } from '../../../src-main/contract/table-file.ts';

type Preview = CallOutput<'import.preview'>;

/** The handle of the file that the fake hands over. */
export const fakeFile = { id: 'ab'.repeat(16), name: 'claim-pairs.csv', bytes: 56_214_870 } as const;

const header = ['id', 'anchor', 'target', 'context', 'score', 'comment'];
const rows = [
  ['37d61fd2272659b1', 'abatement', 'abatement of pollution', 'A47', '0.5', ''],
  ['7b9652b17b68b7a4', 'abatement', 'act of abating', 'A47', '0.75', 'checked twice'],
  ['36d72442aefd8232', 'abatement', 'active catalyst', 'A47B1/03', '0.25', ''],
  ['5296b0c19e1ce60e', 'abatement', 'eliminating process', 'Z99', '0.5', 'class from the old list'],
  ['54c1e3b9184cb5b6', 'abatement', 'forest region', 'A47', '0', ''],
  ['067203128142739c', 'abatement', 'greenhouse gases', 'A47', '0.25', ''],
  ['061d17f04be2d1cf', 'abatement', 'increased rate', 'A47', '0.3', ''],
  ['e1f44e48399a2027', 'abatement', 'measurement level', 'A47', '0.25', ''],
  ['0a425937a3e86d10', 'abatement', '', 'A47', '0', 'target got lost'],
  ['ef2d4c2e6bbb208d', 'abatement', 'noise reduction', 'A47', '0.5', ''],
  ['3b3ce5c5a1a8e8b7', 'fluid dispensing nozzle', 'spray head of a container', 'B05', '0.5', ''],
  ['6c8bd1c9a5e4e7d1', 'fluid dispensing nozzle', 'dispensing tip', 'B05', '0.75', ''],
  ['9d2a7c1be1a8e2b4', 'fluid dispensing nozzle', 'fluid dispensing nozzles', 'B05', '1', ''],
  ['1c4e8b2da7e9d3f6', 'fluid dispensing nozzle', 'garden hose', 'B05', '0.25', ''],
];
const roles: readonly (ColumnRoleName | null)[] = [null, 'anchor', 'target', 'context', 'score', 'note'];
const reasons = [
  'Named id, and every value is another one: nothing to compare.',
  'Named anchor.',
  'Named target.',
  'Named context, and 13 of 14 values are CPC symbols.',
  'Named score, and every value is a number from 0 to 1.',
  'Named comment.',
];

/** How a fake file is read with these choices: right with commas, one column with any other delimiter. */
export function fakePreview(input: CallInput<'import.preview'>): Preview {
  const choices = input.choices ?? {};
  const delimiter: Delimiter = choices.delimiter === undefined ? ',' : choices.delimiter;
  const split = delimiter === ',';
  const columns = split
    ? header.map((name, place) => {
        const chosen = choices.roles !== undefined && place < choices.roles.length;
        return {
          name: choices.header === false ? `Column ${place + 1}` : name,
          role: chosen ? choices.roles![place]! : roles[place]!,
          reason: chosen ? 'Chosen by you.' : reasons[place]!,
        };
      })
    : [{ name: header.join(','), role: null, reason: 'Its values look like no phrases.' }];
  const held = (role: ColumnRoleName) => columns.some((column) => column.role === role);
  return {
    reading: {
      kind: 'text',
      container: 'none',
      members: [],
      member: null,
      encoding: { value: choices.encoding ?? 'utf-8', reason: 'Every byte of the beginning is valid UTF-8.' },
      delimiter: {
        value: delimiter,
        reason:
          choices.delimiter === undefined
            ? 'Commas give 6 cells in each of the first 15 lines.'
            : 'Chosen by you.',
      },
      header: {
        value: choices.header ?? true,
        reason: 'The first row names columns, and none of its cells is a number.',
      },
      columns,
    },
    choices,
    remembered: false,
    rows: rows.map((cells, index) => ({ line: index + 2, cells: split ? cells : [cells.join(',')] })),
    bad: split ? fakeBadRows(input.offScale ?? 'refuse') : [],
    blocked:
      (held('anchor') && held('target')) || held('phrase')
        ? null
        : 'No column holds phrases. Give a column the role Phrase, or two the roles Anchor and Target.',
    mends: null,
    bytes: fakeFile.bytes,
  };
}

function fakeBadRows(offScale: string): BadRow[] {
  const known: BadRow[] = [
    { line: 5, column: 'context', found: 'Z99', expected: 'a CPC symbol such as A47, B05 or H01L21/00' },
    { line: 10, column: 'target', found: '', expected: 'a phrase' },
  ];
  const scored = { line: 8, column: 'score', found: '0.3', expected: 'one of 0, .25, .5, .75, 1' };
  return offScale === 'refuse' ? [...known, scored] : known;
}

/** What the fake import gives. */
export const fakeImportResult: Extract<JobResult, { kind: 'import' }> = {
  kind: 'import',
  library: 'claim-pairs',
  libraryId: 4,
  sheetId: 7,
  rows: 36_473,
  good: 36_398,
  bad: 75,
  known: 0,
  added: 28_911,
  already: 1_102,
};

/** A job with everything filled in; give what matters. */
export function fakeJob(more: Partial<JobEntry> = {}): JobEntry {
  return {
    id: 1,
    kind: 'library-import',
    state: 'running',
    stopping: null,
    title: 'Import claim-pairs.csv into claim-pairs',
    stage: 'Storing rows',
    done: 12_400,
    total: 36_473,
    rate: 51_240,
    eta: 7,
    error: null,
    result: null,
    createdAt: '2025-01-10T15:12:00.000Z',
    updatedAt: '2025-01-10T15:12:01.000Z',
    ...more,
  };
}
