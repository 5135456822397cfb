import { describe, expect, it } from 'vitest';
import {
  etaWords,
  progressParts,
  resultWords,
  shareOf,
  spokenChange,
  stateOf,
} from '../../../src-renderer/words/job-words.ts';
import { fakeFile, fakeImportResult, fakeJob } from '../support/fake-import.ts';

describe('the words for a job', () => {
  it('say what it does, how far it is, how fast and how long', () => {
    expect(progressParts(fakeJob())).toEqual([
      'Storing rows',
      '12,400 of 36,473 rows',
      '51,240 rows/s',
      'about 7 s left',
    ]);
  });

  it('leave out pace and time while it stops or rests', () => {
    expect(progressParts(fakeJob({ stopping: 'paused' }))).toEqual(['Storing rows', '12,400 of 36,473 rows']);
    expect(progressParts(fakeJob({ state: 'paused' }))).toEqual(['12,400 of 36,473 rows']);
    expect(progressParts(fakeJob({ total: null, rate: null, eta: null }))).toEqual([
      'Storing rows',
      '12,400 rows',
    ]);
  });

  it('say first what it was asked to do', () => {
    expect([
      stateOf(fakeJob()),
      stateOf(fakeJob({ stopping: 'paused' })),
      stateOf(fakeJob({ stopping: 'cancelled' })),
      stateOf(fakeJob({ state: 'queued' })),
    ]).toEqual(['Running', 'Pausing…', 'Cancelling…', 'Waiting']);
  });

  it('know a share only of a known total', () => {
    expect([
      shareOf(fakeJob({ done: 1, total: 4 })),
      shareOf(fakeJob({ total: null })),
      shareOf(fakeJob({ total: 0 })),
      shareOf(fakeJob({ done: 5, total: 4 })),
      shareOf(fakeJob({ state: 'done', total: null })),
    ]).toEqual([0.25, null, null, 1, 1]);
  });

  it('promise no zero seconds', () => {
    expect([etaWords(1), etaWords(90)]).toEqual(['nearly done', 'about 1 min 30 s left']);
  });

  it('tell what came of it, and only what there is', () => {
    expect(resultWords(fakeImportResult)).toBe(
      '36,398 rows stored, 75 bad, 28,911 new phrases in claim-pairs',
    );
    expect(
      resultWords({
        kind: 'score',
        sheetId: 1,
        mode: 'list',
        scorer: 'scorer-trees-1',
        rows: 10,
        scored: 9,
        failed: 1,
        cached: 4,
      }),
    ).toBe('9 rows scored by scorer-trees-1, list mode, 1 could not be, 4 from earlier scores');
    expect(resultWords({ kind: 'export', file: fakeFile, rows: 1 })).toBe('claim-pairs.csv, 1 row, 56 MB');
  });

  it('speak of ends and stops, not of steps', () => {
    expect([
      spokenChange(fakeJob()),
      spokenChange(fakeJob({ state: 'queued' })),
      spokenChange(fakeJob({ title: 'Import', stopping: 'paused' })),
      spokenChange(fakeJob({ title: 'Import', state: 'failed', error: 'Full.' })),
    ]).toEqual([null, null, 'Import: Pausing…', 'Import failed. Full.']);
  });
});
