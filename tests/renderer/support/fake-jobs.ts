import type { JobEntry } from '../../../src-main/contract/job.ts';
import { fakeFile, fakeImportResult, fakeJob } from './fake-import.ts';

/** A job in every state and of every kind, as an analyst's afternoon leaves them; minutes before `now`. */
export function fakeJobs(now: Date): readonly JobEntry[] {
  const at = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
  const rest = { stage: null, rate: null, eta: null };
  const jobs: readonly Partial<JobEntry>[] = [
    {
      kind: 'library-import',
      state: 'done',
      ...rest,
      done: 36_473,
      result: fakeImportResult,
      updatedAt: at(60 * 26),
    },
    {
      kind: 'score-sheet',
      state: 'done',
      ...rest,
      title: 'Score claim-pairs in list mode',
      done: 36_398,
      total: 36_398,
      result: {
        kind: 'score',
        sheetId: 7,
        mode: 'list',
        scorer: 'scorer-trees-1',
        rows: 36_398,
        scored: 36_391,
        failed: 7,
        cached: 4_020,
      },
      updatedAt: at(52),
    },
    {
      kind: 'export',
      state: 'done',
      ...rest,
      title: 'Export claim-pairs as XLSX',
      done: 36_398,
      total: 36_398,
      result: {
        kind: 'export',
        file: { ...fakeFile, name: 'claim-pairs-scored.xlsx', bytes: 3_112_804 },
        rows: 36_398,
      },
      updatedAt: at(41),
    },
    {
      kind: 'score-file',
      state: 'failed',
      ...rest,
      title: 'Score portfolio-2024.csv',
      done: 8_200,
      total: 90_000,
      error: 'The disk is full while portfolio-2024.scored.csv is written. Free some space, then resume.',
      updatedAt: at(33),
    },
    {
      kind: 'embed',
      state: 'cancelled',
      ...rest,
      title: 'Compute vectors of new phrases',
      updatedAt: at(30),
    },
    {
      kind: 'score-library',
      state: 'paused',
      ...rest,
      title: 'Score 12 anchors against Competitor claim terms',
      done: 21_870,
      total: 49_416,
      updatedAt: at(12),
    },
    {
      kind: 'train',
      state: 'running',
      title: 'Train house-recipe on labels.csv',
      stage: 'Training',
      done: 4_096,
      total: 9_120,
      rate: 212,
      eta: 154,
      training: {
        device: { asked: 'cpu', used: 'cpu', reason: null },
        epoch: 3,
        epochs: 5,
        step: 128,
        steps: 285,
        loss: 0.4127,
        rowsPerSecond: 212,
        history: [
          { epoch: 1, loss: 0.6121, pearson: 0.4882, spearman: 0.4711 },
          { epoch: 2, loss: 0.5034, pearson: 0.6104, spearman: 0.5987 },
        ],
      },
      updatedAt: at(0),
    },
    {
      kind: 'export',
      state: 'queued',
      ...rest,
      title: 'Export the history as CSV',
      done: 0,
      total: null,
      updatedAt: at(0),
    },
  ];
  return jobs.map((job, index) => fakeJob({ ...job, id: index + 1 }));
}
