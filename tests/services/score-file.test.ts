import { existsSync, linkSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import { CsvParser } from '../../src-main/csv/csv-parser.ts';
import { writeRow } from '../../src-main/csv/write-row.ts';
import { scoreFile, type FileScoring, type FileScoringResult } from '../../src-main/services/score-file.ts';
import { fakeScore } from '../support/fake-engine.ts';
import { lookupFixture, type LookupFixture } from '../support/lookup-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-score-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fixture(): LookupFixture {
  const made = lookupFixture();
  onTestFinished(() => made.store.close());
  const resolveContext: LookupFixture['context']['resolveContext'] = (asked) => {
    if (!/^[A-H]\d\d/.test(asked)) throw new AppError('not-found', `"${asked}" is not a CPC symbol.`);
    return made.context.resolveContext(asked);
  };
  return { ...made, context: { ...made.context, resolveContext } };
}

function runScoring(
  made: LookupFixture,
  scoring: FileScoring,
  { saved = null, stop }: { readonly saved?: unknown; readonly stop?: AbortController } = {},
): Promise<FileScoringResult> {
  const line = { jobId: 1, checkpoint: saved, save: () => {} };
  return scoreFile(made.context, scoring, () => stop?.abort(), stop?.signal, line);
}

async function score(
  contents: string | Uint8Array,
  more: Partial<FileScoring> = {},
  made = fixture(),
): Promise<{ result: Awaited<ReturnType<typeof scoreFile>>; text: string; rows: (readonly string[])[] }> {
  const input = join(folder, `${Math.random()}.csv`);
  const output = `${input}.out.csv`;
  writeFileSync(input, contents);
  const result = await runScoring(made, { input, output, mode: 'pair', ...more });
  const text = readFileSync(output, 'utf8');
  const parser = new CsvParser(',');
  const rows = [...parser.push(text), ...parser.end()].map((row) => row.cells);
  return { result, text, rows };
}

const scoreOf = (anchor: string, target: string, context: string): string =>
  String(Number(Math.fround(fakeScore(anchor, target, context)).toFixed(6)));

describe('scoreFile', () => {
  it('keeps every column and the order of the rows, and adds score, rating, relation and error', async () => {
    const { rows, result } = await score(
      'id,anchor,target,context,note\n1,Lamp,lamp,A47,"a, b"\n2,lamp,zebra,F21,\n',
    );
    expect(rows).toEqual([
      ['id', 'anchor', 'target', 'context', 'note', 'score', 'rating', 'relation', 'error'],
      ['1', 'Lamp', 'lamp', 'A47', 'a, b', '1', 'very close', '', ''],
      ['2', 'lamp', 'zebra', 'F21', '', scoreOf('lamp', 'zebra', 'F21'), 'unrelated', '', ''],
    ]);
    expect(result).toMatchObject({ rows: 2, scored: 2, failed: 0, cached: 0, scorer: 'scorer-fake' });
  });

  it('gives the reason in the error column of a row that can not be scored, and goes on', async () => {
    const long = 'x'.repeat(1001);
    const { rows, result } = await score(
      `anchor,target,context\n,b,A47\na, ,A47\na,b,Q99\na,b\na,b,A47,more\n${long},b,A47\na,b,A47\na,b,"A47`,
    );
    const added = rows.slice(1).map((row) => row.slice(3, 7));
    expect(added.map((cells) => cells[3])).toEqual([
      expect.stringMatching(/^The anchor is empty/),
      expect.stringMatching(/^The target is empty/),
      '"Q99" is not a CPC symbol.',
      'The row has 2 cells; expected 3 as in the header.',
      'The row has 4 cells; expected 3 as in the header.',
      expect.stringMatching(/1,001 characters/),
      '',
      expect.stringMatching(/^Found a quote that is never closed; expected .*\.$/),
    ]);
    expect(added.map((cells) => cells[0] !== '')).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
      true,
      false,
    ]);
    // What a row has beyond the header is kept behind our columns.
    expect(rows[5]?.[7]).toBe('more');
    expect(rows[4]?.slice(0, 3)).toEqual(['a', 'b', '']);
    expect(result).toMatchObject({ rows: 8, scored: 1, failed: 7 });
  });

  it('leaves columns of the input that are named like ours, and puts ours behind them', async () => {
    const first = await score('anchor,target,rating,score,context\nvalve,pipe,2b,0.50,A47\n');
    expect(first.result.twice).toEqual(['score', 'rating']);
    const [header, row] = first.rows;
    expect(header).toEqual([
      ...['anchor', 'target', 'rating', 'score', 'context'],
      ...['score', 'rating', 'relation', 'error'],
    ]);
    expect(row?.slice(0, 5)).toEqual(['valve', 'pipe', '2b', '0.50', 'A47']);
    expect(row).toHaveLength(9);
  });

  it('asks the engine once for each distinct pair, and never for what the cache knows', async () => {
    const made = fixture();
    const contents = 'anchor,target,context\na,b,A47\nA, B ,A47B\na,b,F21\na,c,A47\n';
    const first = await score(contents, {}, made);
    expect(made.engine.asked).toEqual([{ name: 'scorer.score', rows: 3 }]);
    const second = await score(contents, {}, made);
    expect(made.engine.asked).toHaveLength(1);
    expect(second.result).toMatchObject({ cached: 3, scored: 4 });
    expect(second.text).toBe(first.text);
  });

  it('gives the same scores whatever the order of the rows, over many batches', async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, at) => `anchor ${at % 7},target ${at % 4999},${at % 2 ? 'A47' : 'F21'}`,
    );
    const forwards = await score(`anchor,target,context\n${lines.join('\n')}\n`);
    const backwards = await score(`anchor,target,context\n${lines.toReversed().join('\n')}\n`);
    expect(forwards.rows).toHaveLength(5001);
    expect(forwards.rows.slice(1).map((row) => row.slice(0, 3).join(','))).toEqual(lines);
    expect(backwards.rows.slice(1).toReversed()).toEqual(forwards.rows.slice(1));
    expect(forwards.rows[1]?.[3]).toBe(scoreOf('anchor 0', 'target 0', 'F21'));
  });

  it('writes the dialect of the input: delimiter, line breaks and byte order mark', async () => {
    const { text } = await score('\uFEFFanchor;target;context\r\n"a;1";b;A47\r\n');
    expect(text).toMatch(
      /^\uFEFFanchor;target;context;score;rating;relation;error\r\n"a;1";b;A47;[\d.]+;[a-z ]+;;\r\n$/,
    );
  });

  it('reads UTF-16 and writes UTF-8', async () => {
    const { text } = await score(
      Buffer.from('\uFEFFanchor\ttarget\tcontext\nWärme\tHitze\tF24\n', 'utf16le'),
    );
    expect(text).toContain('Wärme\tHitze\tF24\t');
  });

  it('takes columns the user names, and one class for all rows', async () => {
    const { rows } = await score('a,b\nlamp,lamp\n', { map: { anchor: 'a', target: 'b' }, context: 'A47' });
    expect(rows[1]).toEqual(['lamp', 'lamp', '1', 'very close', '', '']);
  });

  it('writes every cell as it was read', async () => {
    const cells = ['x"y', ' a ', 'l1\nl2', '\uFEFFz', '=1+1', '', '💧'];
    const { rows } = await score(
      `anchor,target,context,c0,c1,c2,c3,c4,c5,c6\n${writeRow(['a', 'b', 'A47', ...cells], ',')}\n`,
    );
    expect(rows[1]?.slice(3, 10)).toEqual(cells);
  });

  it('writes a header alone for a header alone', async () => {
    expect((await score('anchor,target,context\n')).text).toBe(
      'anchor,target,context,score,rating,relation,error\n',
    );
  });

  const refused: [string, string, Partial<FileScoring>, RegExp][] = [
    [
      'missing columns',
      'id,anchor\n1,a\n',
      {},
      /no column for target and context; its columns are "id", "anchor"/,
    ],
    ['an unknown class for all rows', 'anchor,target\na,b\n', { context: 'Q' }, /"Q" is not a CPC symbol/],
    [
      'list mode with a scorer that has none',
      'anchor,target,context\n',
      { mode: 'list' },
      /has no list mode/,
    ],
    [
      'a library that is not there',
      'anchor,context\n',
      { library: 'Nothing' },
      /There is no library "Nothing"/,
    ],
    [
      'an output folder that is not there',
      'anchor,target,context\n',
      { output: '/nowhere/x.csv' },
      /folder does not exist/,
    ],
    ['an output that is a folder', 'anchor,target,context\n', { output: folder }, /is a folder/],
    ['an empty input', '', {}, /is empty/],
  ];
  it.each(refused)('refuses %s, and leaves nothing behind', async (_, contents, more, message) => {
    await expect(score(contents, more)).rejects.toMatchObject({
      message: expect.stringMatching(message) as string,
    });
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('refuses to write over its input, by whatever name', async () => {
    const made = fixture();
    const input = join(folder, 'same.csv');
    const link = join(folder, 'link.csv');
    writeFileSync(input, 'anchor,target,context\na,b,A47\n');
    linkSync(input, link);
    for (const output of [input, join(folder, '.', 'same.csv'), link]) {
      const scoring = runScoring(made, { input, output, mode: 'pair' });
      await expect(scoring).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringMatching(/is the input itself/) as string,
      });
    }
    expect(readFileSync(input, 'utf8')).toBe('anchor,target,context\na,b,A47\n');
  });

  it('leaves an earlier output as it was when the engine dies or the user stops', async () => {
    const made = fixture();
    const input = join(folder, 'cut.csv');
    const output = join(folder, 'cut.out.csv');
    writeFileSync(input, `anchor,target,context\n${'a,b,A47\n'.repeat(5000)}`);
    writeFileSync(output, 'earlier');
    made.engine.dieOnNextCall();
    const scoring = { input, output, mode: 'pair' } as const;
    await expect(runScoring(made, scoring)).rejects.toMatchObject({ code: 'engine-stopped' });
    const stopped = runScoring(made, scoring, { stop: new AbortController() });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(readFileSync(output, 'utf8')).toBe('earlier');
    await runScoring(made, scoring);
    expect(readFileSync(output, 'utf8').split('\n')).toHaveLength(5002);
    expect(existsSync(input)).toBe(true);
  });

  it('refuses scores that are none', async () => {
    const made = fixture();
    const engine = { call: () => Promise.resolve({ scores: Float32Array.of(Number.NaN) }) };
    const context = { ...made.context, engine: engine as unknown as typeof made.context.engine };
    await expect(score('anchor,target,context\na,b,A47\n', {}, { ...made, context })).rejects.toMatchObject({
      code: 'engine-failed',
    });
  });
});
