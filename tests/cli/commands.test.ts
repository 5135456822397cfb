import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CliApp, PackReport } from '../../src-main/cli/cli-app.ts';
import { textWidth } from '../../src-main/cli/terminal/text-width.ts';
import { found, run, stubApp } from './support.ts';

describe('rank', () => {
  it('prints a table in the order of the scores', async () => {
    const { code, stdout, stderr } = await run(['rank', 'abatement of pollution', 'A47']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      [
        'abatement of pollution in A47 (human necessities; furniture)',
        '',
        '#  Score  Meaning              Phrase               Source',
        '1   1.00  very close           pollution abatement  CPC titles A47B1/00',
        '2   0.40  narrower or broader  water pollution      CPC titles A47B1/00',
        '3   0.10  unrelated            tables               CPC titles A47B1/00',
        '',
      ].join('\n'),
    );
  });

  it('lets the scorer order more candidates than it prints', async () => {
    const { stdout, state } = await run(['rank', 'a', 'A47', '--limit', '1', '--json']);
    expect(state.asked[0]).toEqual({
      name: 'rank.retrieve',
      input: { anchor: 'a', context: 'A47', limit: 100, libraryIds: [] },
    });
    expect(JSON.parse(stdout).results.map((result: { phrase: string }) => result.phrase)).toEqual([
      'pollution abatement',
    ]);
  });

  it('prints one JSON document with --json', async () => {
    const { stdout } = await run(['rank', 'a', 'A47', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      anchor: 'a',
      context: { symbol: 'A47' },
      scorer: 'scorer',
      results: [
        {
          rank: 1,
          score: 1,
          rating: 4,
          meaning: 'very close',
          phrase: 'pollution abatement',
          similarity: 0.9,
          sources: [{ library: 'CPC titles', symbol: 'A47B1/00' }],
        },
        { rank: 2 },
        { rank: 3 },
      ],
    });
  });

  it('does not depend on the order in which equals were found', async () => {
    const phrases = ['b', 'a', 'd', 'c'].map((phrase, index) => found(index + 1, phrase));
    const printed = await Promise.all(
      [phrases, [...phrases].reverse()].map(async (results) => {
        const stub = stubApp({
          'rank.retrieve': () => ({
            anchor: 'x',
            context: { symbol: 'A47', asked: 'A47', text: '' },
            results,
            scored: false,
            notices: [],
          }),
          'rank.score': () => ({
            scorer: 's',
            results: results.map(({ phraseId }) => ({
              phraseId,
              score: 0.5,
              rating: 2,
              relation: null,
              cached: false,
            })),
          }),
        });
        return (await run(['rank', 'x', 'A47'], { stub })).stdout;
      }),
    );
    expect(printed[0]).toBe(printed[1]);
  });

  it('searches the libraries named, whatever their case, and explains an unknown one', async () => {
    const { state } = await run(['rank', 'a', 'A47', '--library', 'mine', '--library', 'CPC titles']);
    expect(state.asked[1]).toMatchObject({ name: 'rank.retrieve', input: { libraryIds: [2, 1] } });
    const unknown = await run(['rank', 'a', 'A47', '--library', 'Yours']);
    expect(unknown).toMatchObject({
      code: 2,
      stderr: 'There is no library "Yours"; there are: CPC titles, Mine.\n',
    });
  });

  it('puts remarks on standard error', async () => {
    const stub = stubApp({
      'rank.retrieve': () => ({
        anchor: 'x',
        context: { symbol: 'A47', asked: 'A47', text: '' },
        results: [],
        scored: true,
        notices: ['3 phrases have no vector yet.'],
      }),
    });
    const { code, stdout, stderr } = await run(['rank', 'x', 'A47'], { stub });
    expect([code, stderr]).toEqual([0, '3 phrases have no vector yet.\n']);
    expect(stdout).toContain('Nothing was found.');
  });
});

describe('text from files and libraries', () => {
  const hostile = 'pump\u001b[2J\u001b]0;owned\u0007\r\nrm -rf\u202e\u0000\ud800\u009b31m';

  it('cannot steer the terminal', async () => {
    const stub = stubApp({
      'rank.retrieve': () => ({
        anchor: hostile,
        context: { symbol: hostile, asked: 'A47', text: hostile },
        results: [{ ...found(1, hostile), sources: [{ libraryId: 1, library: hostile, symbol: hostile }] }],
        scored: false,
        notices: [hostile],
      }),
    });
    const { stdout, stderr } = await run(['rank', 'x', 'A47'], {
      stub,
      terminal: true,
      columns: 400,
      colours: false,
    });
    for (const text of [stdout, stderr.replaceAll('\r\u001b[K', '')]) {
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(text).toContain('pump\\x1b[2J');
    }
    expect(stdout.split('\n').length).toBe(5);
  });

  it('cannot do it through errors or file names either', async () => {
    const { stderr } = await run(['rank', 'a', 'A47', '--library', hostile]);
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    const unknown = await run([hostile]);
    expect(unknown.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('is kept as it is in JSON', async () => {
    const stub = stubApp({
      'cpc.search': () => [
        { symbol: 'A47', level: 'class', title: hostile, phrase: hostile, hasChildren: true },
      ],
    });
    const { stdout } = await run(['cpc', 'search', 'x', '--json'], { stub });
    expect(stdout.split('\n').length).toBe(2);
    expect(JSON.parse(stdout).results[0].phrase).toBe(hostile);
  });
});

describe('the terminal', () => {
  it('gets emphasis, lines no longer than itself, and columns that line up under wide characters', async () => {
    const stub = stubApp({
      'rank.retrieve': () => ({
        anchor: 'x',
        context: { symbol: 'A47', asked: 'A47', text: '' },
        results: [found(1, '汚染の軽減 '.repeat(20)), found(2, 'e\u0301tude 👩‍🔧')],
        scored: false,
        notices: [],
      }),
    });
    const { stdout } = await run(['rank', 'x', 'A47'], { stub, terminal: true, columns: 80 });
    expect(stdout).toContain('\u001b[1m');
    const lines = stdout.split('\n').slice(3, 5);
    expect(lines.join('\n')).toContain('…');
    const columns = lines.map((line) => textWidth(line.slice(0, line.indexOf('CPC titles'))));
    expect(columns[0]).toBe(columns[1]);
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(80);
    const plain = await run(['rank', 'x', 'A47'], { stub, terminal: true, colours: false });
    expect(plain.stdout).not.toContain('\u001b');
    expect((await run(['rank', 'x', 'A47'], { stub })).stdout).not.toMatch(/\u001b|…/);
  });
});

describe('cpc search', () => {
  it('takes several words', async () => {
    const { stdout, state } = await run(['cpc', 'search', 'tables', 'for', 'children', '--limit', '3']);
    expect(state.asked).toEqual([{ name: 'cpc.search', input: { query: 'tables for children', limit: 3 } }]);
    expect(stdout).toBe('Symbol  Title\nA47     Furniture\n');
  });
});

describe('work on files', () => {
  it('import passes the file, the library and the columns on', async () => {
    const bad = [{ line: 3, column: 'First', found: 'x\u001b[2J', expected: 'a phrase' }];
    const counts = { rows: 5, good: 3, known: 0, added: 4, already: 1, badCount: 2 };
    const result = { library: 'Mine', libraryId: 2, sheetId: 1, columns: ['First'], bad, ...counts };
    const importLibrary = vi.fn<CliApp['importLibrary']>(async (_input, onProgress) => {
      onProgress(1, 2, 'Reading');
      return result;
    });
    const stub = stubApp({}, { importLibrary });
    const args = ['import', 'a.csv', '--library', 'Mine'];
    const { code, stdout, stderr } = await run(
      [...args, '--map', 'anchor=First, target=T=2', '--map', 'phrase=P'],
      { stub },
    );
    const map = { anchor: 'First', target: 'T=2', phrase: 'P' };
    expect(importLibrary.mock.calls[0]?.[0]).toEqual({ path: resolve('a.csv'), library: 'Mine', map });
    expect([code, stdout, stderr]).toEqual([
      0,
      'Read 5 rows: 4 new phrases in the library Mine, 1 were there already.\n2 cells could not be used.\n',
      'line 3, First: found "x\\x1b[2J", expected a phrase\nand 1 more\n',
    ]);
    expect(JSON.parse((await run([...args, '--json'], { stub })).stdout)).toEqual(result);
  });

  it('import passes on how to read the file, what to do with scores and where bad rows go', async () => {
    const result = { library: 'Mine', rows: 1, added: 1, already: 0, columns: ['a'], bad: [], badCount: 0 };
    const importLibrary = vi.fn(async () => result) as unknown as CliApp['importLibrary'];
    const stub = stubApp({}, { importLibrary });
    const start = ['import', 'a.csv', '--library', 'Mine', '--map', 'note=N'];
    const reading = ['--encoding', 'Windows-1252', '--delimiter', 'tab', '--no-header', '--member', 'x.csv'];
    const { code, stdout } = await run([...start, ...reading, '--scores', 'snap', '--bad', 'b.csv'], {
      stub,
    });
    expect([code, stdout]).toEqual([
      0,
      'Read 1 rows: 1 new phrases in the library Mine.\nRows to mend are in b.csv.\n',
    ]);
    expect(vi.mocked(importLibrary).mock.calls[0]?.[0]).toEqual({
      ...{ path: resolve('a.csv'), library: 'Mine', map: { note: 'N' }, offScale: 'snap' },
      choices: { encoding: 'windows-1252', delimiter: '\t', header: false, member: 'x.csv' },
      report: resolve('b.csv'),
    });
    for (const [option, value, message] of [
      ['--encoding', 'ebcdic', /found "ebcdic", expected utf-8/],
      ['--delimiter', '::', /found "::", expected comma/],
      ['--scores', 'round', /found "round", expected refuse/],
    ] as const) {
      const { code: refused, stderr } = await run([...start, option, value], { stub });
      expect([refused, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
  });

  it('score passes the files and the scorer on', async () => {
    const twice = ['score', 'rating'];
    const counts = { rows: 3, scored: 2, failed: 1, cached: 0 };
    const result = { output: 'out.csv', mode: 'pair', ...counts, scorer: 'trees', twice, anew: null };
    const scoreFile = vi.fn(async () => result);
    const stub = stubApp({}, { scoreFile: scoreFile as unknown as CliApp['scoreFile'] });
    const { stdout } = await run(['score', 'in.csv', 'out.csv', '--scorer', 'trees'], { stub });
    expect((scoreFile.mock.calls as unknown[][])[0]?.[0]).toEqual({
      input: 'in.csv',
      output: 'out.csv',
      mode: 'pair',
      scorer: 'trees',
    });
    expect(stdout).toBe(
      'Scored 2 of 3 rows with trees in mode pair into out.csv.\n' +
        '1 rows could not be scored; the last column, error, says why.\n' +
        'The input has columns named score, rating too; those of Priorphrase are the last four.\n',
    );
    const json = await run(['score', 'in.csv', 'out.csv', '--json'], { stub });
    expect(JSON.parse(json.stdout)).toEqual(result);
    expect((scoreFile.mock.calls as unknown[][])[1]?.[0]).toEqual({
      input: 'in.csv',
      output: 'out.csv',
      mode: 'pair',
    });
  });

  it('keeps progress off standard output, and leaves a clean line on a terminal', async () => {
    const result = {
      symbols: 10,
      added: 1,
      updated: 2,
      unchanged: 7,
      removed: 0,
      bad: [],
      badCount: 0,
      skipped: ['x.txt'],
    };
    const stub = stubApp(
      {},
      {
        importCpc: async (_input, onProgress) => {
          onProgress(0, 10, 'Reading titles');
          onProgress(10, 10, 'Reading titles');
          return result;
        },
      },
    );
    const { stdout, stderr } = await run(['cpc', 'import', 'x.zip', '--json'], { stub, terminal: true });
    expect(JSON.parse(stdout)).toEqual(result);
    expect(stderr).toContain('Reading titles: 10 of 10, 100 %');
    expect(stderr.endsWith('\r\u001b[Kx.txt is no title list and was left out.\n')).toBe(true);
  });
});

describe('packs verify', () => {
  const pack = (id: string) => ({ manifest: { id } }) as PackReport['pack'];
  const good: PackReport = {
    dir: '/m/a',
    pack: pack('a'),
    ok: true,
    error: null,
    files: [{ file: 'x.json', bytes: 1, error: null }],
  };
  const error = { code: 'pack-tampered', message: 'x.onnx: found hash 1, expected 2.' } as const;

  it('exits with 0 where all is as published', async () => {
    const { code, stdout } = await run(['packs', 'verify'], {
      stub: stubApp({}, { verifyPacks: async () => [good] }),
    });
    expect([code, stdout]).toEqual([0, 'ok      a (1 files)\n']);
  });

  it('names what is broken and exits with 1', async () => {
    const broken: PackReport = {
      dir: '/m/b',
      pack: pack('b'),
      ok: false,
      error,
      files: [{ file: 'x.onnx', bytes: 1, error }],
    };
    const unusable: PackReport = { dir: '/m/c', pack: null, ok: false, error, files: [] };
    const stub = stubApp({}, { verifyPacks: async () => [good, broken, unusable] });
    const { code, stdout, stderr } = await run(['packs', 'verify'], { stub });
    expect(code).toBe(1);
    expect(stdout).toContain('ok      a');
    expect(stdout).toContain('BROKEN  b\n        x.onnx: found hash 1, expected 2.');
    expect(stdout).toContain('BROKEN  /m/c');
    expect(stderr).toContain('Not as published: b, /m/c.');
  });
});

describe('serve', () => {
  it('prints the address with its token, answers, and closes in order when interrupted', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'priorphrase-serve-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    await writeFile(join(dir, 'index.html'), 'the page');
    const interruption = new AbortController();
    let answered = 0;
    const ended = run(['serve', '--json'], {
      rendererDir: dir,
      signal: interruption.signal,
      onStdout: (text) => {
        void fetch(JSON.parse(text).url, { redirect: 'manual' }).then((response) => {
          answered = response.status;
          interruption.abort();
        });
      },
    });
    const { code, state } = await ended;
    expect([answered, code, state.host, state.closed]).toEqual([303, 0, 'web', 1]);
  });
});

describe('the workspace', () => {
  it('is the one asked for', async () => {
    expect((await run(['cpc', 'search', 'x', '--data-dir', 'here'])).state).toMatchObject({
      dataDir: resolve('here'),
      host: 'cli',
    });
  });
});
