import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { scoreFile, type FileScoring } from '../../src-main/services/score-file.ts';
import { openTable } from '../../src-main/table-file/open-table.ts';
import { addLibrary } from '../support/lookup-fixture.ts';
import { memoryStore } from '../support/memory-store.ts';
import { scoringFixture, type ScoringFixture } from '../support/scoring-fixture.ts';

const pairs = 'anchor;target;context;note\r\nlamp;lamp;A47;"a;b"\r\nlamp;zebra;nothing;\r\n';
const words = ['lamp', 'oil lamp', 'lampshade'];

function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'priorphrase-tables-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function scored(
  contents: string | Uint8Array,
  more: Partial<FileScoring> = {},
  { name = 'in.csv', out = 'out.csv', made = scoringFixture({ store: memoryStore() }) } = {},
) {
  const folder = folderOfTest();
  const scoring = { input: join(folder, name), output: join(folder, out), mode: 'pair', ...more } as const;
  writeFileSync(scoring.input, contents);
  const line = { jobId: 1, checkpoint: null, save: () => {} };
  const result = await scoreFile(made.context, scoring, () => {}, undefined, line);
  return { result, output: scoring.output };
}

describe('files that are scored', () => {
  it('may be packed', async () => {
    const { output } = await scored(gzipSync(pairs), {}, { name: 'in.csv.gz' });
    expect(readFileSync(output, 'utf8')).toBe(
      'anchor;target;context;note;score;rating;relation;error\r\nlamp;lamp;A47;"a;b";1;very close;;\r\n' +
        'lamp;zebra;nothing;;;;;"""nothing"" is not a CPC symbol."\r\n',
    );
  });

  it('keep their byte order mark, packed or not', async () => {
    for (const contents of [`\uFEFF${pairs}`, gzipSync(`\uFEFF${pairs}`)]) {
      const { output } = await scored(contents);
      expect(readFileSync(output, 'utf8')).toMatch(/^\uFEFFanchor;target;/);
    }
  });

  it('may be Windows-1252, and become UTF-8 with its mark', async () => {
    const { output } = await scored(
      Buffer.from('anchor,target,context\nW\u00e4rme,W\u00e4rme,F24\n', 'latin1'),
    );
    expect(readFileSync(output, 'utf8')).toBe(
      '\uFEFFanchor,target,context,score,rating,relation,error\nW\u00e4rme,W\u00e4rme,F24,0.9,very close,,\n',
    );
  });

  it('may become a workbook, and be one', async () => {
    const first = await scored(pairs, {}, { out: 'out.xlsx' });
    const rows = async (path: string): Promise<(readonly string[])[]> => {
      const table = await openTable(path);
      const read: (readonly string[])[] = [table.header ?? []];
      for await (const piece of table.pieces()) read.push(...piece.rows.map(({ cells }) => cells));
      return read;
    };
    expect(await rows(first.output)).toEqual([
      ['anchor', 'target', 'context', 'note', 'score', 'rating', 'relation', 'error'],
      ['lamp', 'lamp', 'A47', 'a;b', '1', 'very close', '', ''],
      ['lamp', 'zebra', 'nothing', '', '', '', '', '"nothing" is not a CPC symbol.'],
    ]);
    const again = await scored(readFileSync(first.output), {}, { name: 'in.xlsx', out: 'out.xlsx' });
    expect(again.result).toMatchObject({
      rows: 2,
      scored: 1,
      failed: 1,
      twice: ['score', 'rating', 'relation', 'error'],
    });
    const twice = await scored(pairs, {}, { out: 'out.xlsx' });
    expect(readFileSync(twice.output).equals(readFileSync(first.output))).toBe(true);
  });
});

describe('anchors against a library', () => {
  function withLibrary(): ScoringFixture {
    const made = scoringFixture({ store: memoryStore() });
    addLibrary(made.store, 'Words', words);
    return made;
  }

  it('gives every row of anchors each phrase as its target, and a bad row once', async () => {
    const anchors =
      'id,anchor,context\n1,Lamp,A47\n2,,A47\n3,oil,nothing\n4,oil\n5,oil,F21,more\n6,oil,F21\n';
    const { output, result } = await scored(anchors, { library: 'words' }, { made: withLibrary() });
    const rows = readFileSync(output, 'utf8').trimEnd().split('\n');
    expect(rows[0]).toBe('id,anchor,context,target,score,rating,relation,error');
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 4))).toEqual([
      ...words.map((word) => ['1', 'Lamp', 'A47', word]),
      ['2', '', 'A47', ''],
      ['3', 'oil', 'nothing', ''],
      ['4', 'oil', '', ''],
      ['5', 'oil', 'F21', ''],
      ...words.map((word) => ['6', 'oil', 'F21', word]),
    ]);
    expect(rows[7]).toMatch(/^5,oil,F21,,,,,The row has 4 cells; expected 3 as in the header\.,more$/);
    expect(result).toMatchObject({ rows: 10, scored: 6, failed: 4 });
  });

  it('goes on in the middle of an anchor, and begins anew where the library has changed', async () => {
    const folder = folderOfTest();
    const made = scoringFixture({ store: memoryStore() });
    addLibrary(
      made.store,
      'Words',
      Array.from({ length: 1700 }, (_, at) => `phrase ${at}`),
    );
    const scoring = {
      input: join(folder, 'in.csv'),
      output: join(folder, 'out.csv'),
      mode: 'pair',
      library: 'Words',
    } as const;
    writeFileSync(scoring.input, 'anchor,context\nphrase 7,A47\n,A47\nphrase 9,A47\n');
    const run = async (saved: unknown, stopAt = Infinity) => {
      const stop = new AbortController();
      let checkpoint: unknown = null;
      const line = { jobId: 1, checkpoint: saved, save: (next: unknown) => void (checkpoint = next) };
      const onProgress = (done: number): void => void (done >= stopAt && stop.abort());
      const result = await scoreFile(made.context, scoring, onProgress, stop.signal, line).catch(() => null);
      return { result, checkpoint };
    };
    await run(null);
    const whole = readFileSync(scoring.output, 'utf8');
    expect(whole.trimEnd().split('\n')).toHaveLength(3402);
    for (const stopAt of [1, 1600, 1800, 2500]) {
      const { checkpoint } = await run(null, stopAt);
      expect((await run(checkpoint)).result).toMatchObject({ rows: 3401, scored: 3400, anew: null });
      expect(readFileSync(scoring.output, 'utf8')).toBe(whole);
    }
    const { checkpoint } = await run(null, 1);
    addLibrary(made.store, 'Words', ['one more']);
    expect((await run(checkpoint)).result).toMatchObject({
      rows: 3403,
      anew: expect.stringMatching('library') as string,
    });
  });
});
