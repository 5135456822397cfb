import { describe, expect, it } from 'vitest';
import type { CliApp } from '../../src-main/cli/cli-app.ts';
import { AppError } from '../../src-main/contract/app-error.ts';
import type { JobEntry } from '../../src-main/contract/job.ts';
import { run, stubApp } from './support.ts';

const counts = { rows: 5, scored: 4, failed: 1, cached: 0 };
const result = {
  output: 'out.csv',
  mode: 'list' as const,
  scorer: 'trees',
  ...counts,
  twice: [],
  anew: null,
};

function job(more: Partial<JobEntry>): JobEntry {
  const progress = { done: 5, total: 5, stage: null, stopping: null, rate: null, eta: null };
  const moments = { createdAt: '2026-01-02T03:04:05.000Z', updatedAt: '2026-01-02T03:04:05.000Z' };
  return {
    id: 7,
    kind: 'score-file',
    state: 'done',
    title: 'Score in.csv',
    error: null,
    result: null,
    ...progress,
    ...moments,
    ...more,
  };
}

describe('score', () => {
  it('passes mode, library, class and columns on, and says why it began anew', async () => {
    const asked: unknown[] = [];
    const scoreFile: CliApp['scoreFile'] = async (input) => {
      asked.push(input);
      return { ...result, anew: 'the input was changed' };
    };
    const options = [
      '--mode',
      'list',
      '--library',
      'Mine',
      '--context',
      'A47',
      '--map',
      'anchor=A B',
      '--delimiter',
      'tab',
    ];
    const { stdout } = await run(['score', 'in.csv', 'out.csv', ...options], {
      stub: stubApp({}, { scoreFile }),
    });
    const library = { library: 'Mine', context: 'A47', map: { anchor: 'A B' }, reading: { delimiter: '\t' } };
    expect(asked).toEqual([{ input: 'in.csv', output: 'out.csv', mode: 'list', ...library }]);
    expect(stdout).toBe(
      'Scored 4 of 5 rows with trees in mode list into out.csv.\n' +
        'It was begun anew, because the input was changed.\n' +
        '1 rows could not be scored; the last column, error, says why.\n',
    );
  });

  it.each(['disk-full', 'engine-stopped'] as const)('says how to go on after %s', async (code) => {
    const scoreFile: CliApp['scoreFile'] = async (_, { onJob }) => {
      onJob?.(job({ state: 'running' }));
      throw new AppError(code, 'It stopped.');
    };
    const { stderr, code: exit } = await run(['score', 'in.csv', 'out.csv'], {
      stub: stubApp({}, { scoreFile }),
    });
    expect(stderr).toContain('npx priorphrase jobs resume 7');
    expect(exit).toBe(1);
  });
});

describe('jobs', () => {
  it('list says what finished jobs gave', async () => {
    const score = { kind: 'score', sheetId: 3, mode: 'pair', scorer: 'trees', ...counts } as const;
    const file = { id: 'a'.repeat(32), name: 'sheet.xlsx', bytes: 9 };
    const stub = stubApp({
      'jobs.list': () => [
        job({ id: 9, kind: 'export', title: 'Export sheet', result: { kind: 'export', file, rows: 12 } }),
        job({ id: 8, kind: 'score-sheet', title: 'Score sheet', result: score }),
        job({ state: 'failed', error: 'The disk is full.', done: 2 }),
      ],
    });
    const lines = (await run(['jobs', 'list'], { stub })).stdout.trimEnd().split('\n').slice(1);
    expect(lines).toEqual([
      expect.stringMatching(/^ +9 {2}done .*Export sheet: 12 rows in sheet\.xlsx$/),
      expect.stringMatching(/^ +8 {2}done .*Score sheet: 4 of 5 rows scored with trees in mode pair$/),
      expect.stringMatching(/^ +7 {2}failed .*40 %.*Score in\.csv: The disk is full\.$/),
    ]);
  });

  it('resume prints what scoring a file gave', async () => {
    const resumeJob: CliApp['resumeJob'] = async () => ({ kind: 'score-file', result });
    const { stdout } = await run(['jobs', 'resume', '7'], { stub: stubApp({}, { resumeJob }) });
    expect(stdout).toContain('Scored 4 of 5 rows with trees in mode list into out.csv.');
  });

  it('resume prints in short what other work gave', async () => {
    const resumeJob: CliApp['resumeJob'] = async ({ onJob }) => {
      onJob?.(
        job({
          kind: 'score-sheet',
          result: { kind: 'score', sheetId: 3, mode: 'pair', scorer: 'trees', ...counts },
        }),
      );
      return { kind: 'score-sheet', result: {} as never };
    };
    const { stdout } = await run(['jobs', 'resume', '7'], { stub: stubApp({}, { resumeJob }) });
    expect(stdout).toBe('Job 7 is done: 4 of 5 rows scored with trees in mode pair.\n');
  });
});
