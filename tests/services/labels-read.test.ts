import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import type { ContextInForce } from '../../src-main/contract/calls.ts';
import { readLabels } from '../../src-main/services/labels-read.ts';
import { dataDir } from '../support/data-dir.ts';
import { seededRandom } from '../support/seeded-random.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-labels-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const resolveContext = (asked: string): ContextInForce => {
  if (!/^[A-H]\d\d/.test(asked)) throw new AppError('not-found', `"${asked}" is not a CPC symbol.`);
  return { symbol: asked.slice(0, 3), asked, text: `text of ${asked.slice(0, 3)}` };
};

function read(text: string) {
  const path = join(folder, `${Math.random()}.csv`);
  writeFileSync(path, text);
  return readLabels({ resolveContext }, path);
}

const header = 'anchor,target,context,score,rating';
const goodRows = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `a${at},b,A47,0.25,1d`);

describe('readLabels', () => {
  it('reads phrases as they are compared, the class in force and its text, score and rating', async () => {
    const { pairs, rows, merged, badCount } = await read(
      `${header}\n Water  Pump,PUMP,A47B1/00,.5,2b\nb,c,F21,1,\n`,
    );
    expect(pairs).toEqual([
      { anchor: 'b', target: 'c', symbol: 'F21', contextText: 'text of F21', score: 1, rating: null },
      {
        anchor: 'water pump',
        target: 'pump',
        symbol: 'A47',
        contextText: 'text of A47',
        score: 0.5,
        rating: '2b',
      },
    ]);
    expect({ rows, merged, badCount }).toEqual({ rows: 2, merged: 0, badCount: 0 });
  });

  it('takes a decimal comma, as spreadsheets of many countries write it', async () => {
    const { pairs } = await read('anchor;target;context;score\na;b;A47;0,25\n');
    expect(pairs).toMatchObject([{ score: 0.25 }]);
  });

  it('needs no rating, and finds columns in any order and case', async () => {
    const { pairs } = await read('Score;CONTEXT;Target;Anchor\n0.75;A47;b;a\n');
    expect(pairs).toMatchObject([{ anchor: 'a', target: 'b', score: 0.75, rating: null }]);
  });

  it('merges rows of one pair: the mean score, and the rating where they agree', async () => {
    const { pairs, merged } = await read(
      `${header}\na,b,A47,0.25,1d\nA,B,A47B,0.5,2a\nc,d,A47,1,4\nc,d,A47,1,4\na,b,F21,0,0\n`,
    );
    expect(merged).toBe(2);
    expect(pairs.map(({ anchor, symbol, score, rating }) => [anchor, symbol, score, rating])).toEqual([
      ['a', 'A47', 0.375, null],
      ['a', 'F21', 0, '0'],
      ['c', 'A47', 1, '4'],
    ]);
  });

  it.each(['NaN', 'inf', 'Infinity', '1.25', '-0.25', '', 'high', '0x1', '0,5,0', '1e999'])(
    'reports a score of %j and leaves the row out',
    async (score) => {
      const { pairs, bad, badCount } = await read(
        [header, ...goodRows(40), `x,y,A47,"${score}",1d`].join('\n'),
      );
      expect(pairs).toHaveLength(40);
      expect(badCount).toBe(1);
      expect(bad).toEqual([
        { line: 42, column: 'score', found: score, expected: 'a number from 0 to 1, such as 0.25' },
      ]);
    },
  );

  it('reports an empty phrase, an unknown class and a row of another width', async () => {
    const { pairs, bad } = await read(
      [header, ...goodRows(100), ',y,A47,1,4', 'x,y,Q99,1,4', 'x,y,A47,1'].join('\n'),
    );
    expect(pairs).toHaveLength(100);
    expect(bad.map(({ line }) => line)).toEqual([102, 103, 104]);
    expect(bad[1]?.expected).toContain('"Q99" is not a CPC symbol');
  });

  it('refuses a file in which more than one row in twenty is bad', async () => {
    const rows = (bad: number) => [header, ...goodRows(100 - bad), ...Array<string>(bad).fill('x,y,A47,2,4')];
    await expect(read(rows(5).join('\n'))).resolves.toMatchObject({ badCount: 5 });
    await expect(read(rows(6).join('\n'))).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/6 of 100 rows cannot be used.*line 96, score: found "2"/) as string,
    });
  });

  it('refuses a file without rows or without scores', async () => {
    await expect(read(`${header}\n`)).rejects.toThrow('it has no rows below its header.');
    await expect(read('anchor,target,context\na,b,A47\n')).rejects.toThrow('has no column for score');
  });

  it('gives the same pairs and the same hash for any order of the rows', async () => {
    const random = seededRandom(7);
    const rows = Array.from({ length: 300 }, (_, at) => {
      const score = Math.round(random() * 4) / 4;
      return `a${at % 20},b${at % 45},${at % 2 ? 'A47' : 'F21'},${score},`;
    });
    const first = await read([header, ...rows].join('\n'));
    const shuffled = rows.map((row) => ({ row, key: random() })).sort((a, b) => a.key - b.key);
    const second = await read([header, ...shuffled.map(({ row }) => row)].join('\n'));
    expect(second.pairs).toEqual(first.pairs);
    expect(second.dataHash).toBe(first.dataHash);
    const other = await read([header, ...rows.slice(1), 'a0,b0,F21,0.3,'].join('\n'));
    expect(other.dataHash).not.toBe(first.dataHash);
  });

  it.skipIf(dataDir === null)('reads the public training set whole', async () => {
    const labels = await readLabels({ resolveContext }, join(dataDir ?? '', 'phrases/train.csv'));
    expect(labels).toMatchObject({ badCount: 0 });
    expect(labels.pairs.length + labels.merged).toBe(labels.rows);
    expect(new Set(labels.pairs.map(({ score }) => score))).toEqual(new Set([0, 0.25, 0.5, 0.75, 1]));
  });
});
