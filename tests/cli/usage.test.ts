import { describe, expect, it } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import { run, stubApp } from './support.ts';

describe('a wrong command line', () => {
  it.each([
    [[], 'Usage: priorphrase COMMAND'],
    [['fly'], 'There is no command "fly"; the commands are: rank, score, import'],
    [['cpc'], 'After "cpc", found nothing; expected one of: cpc import, cpc search.'],
    [
      ['packs', 'melt'],
      'After "packs", found "melt"; expected one of: packs list, packs verify, packs add, packs quantise.',
    ],
    [['rank'], 'ANCHOR is missing.'],
    [['rank', 'a'], 'CPC is missing.'],
    [
      ['rank', 'abatement', 'of', 'pollution', 'A47'],
      'Found "pollution" too much; words with spaces need quotation marks.',
    ],
    [['rank', 'a', 'A47', '--limt', '3'], "Unknown option '--limt'"],
    [['rank', 'a', 'A47', '--limit'], '--limit'],
    [
      ['rank', 'a', 'A47', '--limit', 'many'],
      '--limit: found "many", expected a whole number from 1 to 500.',
    ],
    [['rank', 'a', 'A47', '--limit', '0'], 'expected a whole number from 1 to 500'],
    [['rank', 'a', 'A47', '--limit', '1e2'], 'expected a whole number from 1 to 500'],
    [['rank', 'a', 'A47', '--json=yes'], '--json'],
    [['score', 'in.csv', 'out.csv', '--mode', 'both'], '--mode: found "both", expected pair or list.'],
    [['score', 'in.csv', 'out.csv', '--map', 'score=x'], 'expected ROLE=COLUMN'],
    [['import', 'x.csv'], '--library NAME is missing'],
    [['import', 'x.csv', '--library', ' '], '--library NAME is missing'],
    [['import', 'x.csv', '--library', 'L', '--map', 'anchor'], '--map: found "anchor", expected ROLE=COLUMN'],
    [['import', 'x.csv', '--library', 'L', '--map', 'colour=A'], '--map: found "colour=A"'],
    [['serve', '--port', '70000'], 'expected a whole number from 0 to 65535'],
    [['constructor'], 'There is no command "constructor"'],
  ])('%j exits with 2 and says what was expected', async (args, words) => {
    const { code, stdout, stderr, state } = await run(args);
    expect([code, stdout, state.opened - state.closed]).toEqual([2, '', 0]);
    expect(stderr).toContain(words);
  });

  it.each([['packs', 'bench']])('"%s %s" is of a later version', async (...args) => {
    const { code, stderr } = await run(args.filter((word) => word !== undefined));
    expect(code).toBe(2);
    expect(stderr).toContain('is not in this version');
  });

  it('is told as JSON too where that was asked for', async () => {
    const { code, stdout } = await run(['rank', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'bad-usage', message: 'ANCHOR is missing.' } });
  });
});

describe('an error of the application', () => {
  const failing = (error: unknown) =>
    stubApp({
      'cpc.search': () => {
        throw error;
      },
    });

  it.each([
    ['bad-input', 2],
    ['not-found', 2],
    ['database-newer', 1],
    ['engine-failed', 1],
    ['disk-full', 1],
  ] as const)(
    'of code %s exits with %i, its message on standard error, the application closed',
    async (code, exit) => {
      const result = await run(['cpc', 'search', 'x'], {
        stub: failing(new AppError(code, 'What was found.')),
      });
      expect(result).toMatchObject({ code: exit, stdout: '', stderr: 'What was found.\n' });
      expect(result.state.closed).toBe(1);
    },
  );

  it('brings its suggestions', async () => {
    const error = new AppError('not-found', 'No A99.', { suggestions: ['A47', 'A61'] });
    const result = await run(['cpc', 'search', 'x'], { stub: failing(error) });
    expect(result.stderr).toBe('No A99.\nDid you mean: A47, A61?\n');
  });

  it('is the one document with --json', async () => {
    const error = new AppError('not-found', 'No A99.', { suggestions: ['A47'] });
    const result = await run(['cpc', 'search', 'x', '--json'], { stub: failing(error) });
    expect(JSON.parse(result.stdout)).toEqual({
      error: { code: 'not-found', message: 'No A99.', details: { suggestions: ['A47'] } },
    });
  });

  it('at the start needs no closing', async () => {
    const stub = stubApp();
    const opening = { ...stub, app: Promise.reject(new AppError('database-corrupt', 'Broken.')) as never };
    const result = await run(['cpc', 'search', 'x'], { stub: opening });
    expect(result).toMatchObject({ code: 1, stderr: 'Broken.\n' });
  });

  it('after an interrupt is the interrupt', async () => {
    const interruption = new AbortController();
    const stub = stubApp(
      {},
      {
        importCpc: async (_input, _onProgress, signal) => {
          interruption.abort();
          signal.throwIfAborted();
          throw new Error('not reached');
        },
      },
    );
    const result = await run(['cpc', 'import', 'x.zip'], { stub, signal: interruption.signal });
    expect(result).toMatchObject({ code: 130, stderr: 'Interrupted.\n' });
    expect(result.state.closed).toBe(1);
  });
});
