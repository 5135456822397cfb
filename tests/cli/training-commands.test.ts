import { describe, expect, it } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import type { JobEntry } from '../../src-main/contract/job.ts';
import type { TrainingState } from '../../src-main/contract/recipe.ts';
import type { CliApp, Evaluation, TrainingResult } from '../../src-main/cli/cli-app.ts';
import { run, stubApp } from './support.ts';

const epochs: TrainingState['history'] = [
  { epoch: 1, loss: 0.7, pearson: null, spearman: null },
  { epoch: 2, loss: 0.5, pearson: 0.61234, spearman: 0.5 },
];
const metric = { split: 'held out', mode: 'pair', rows: 30, command: 'x' } as const;
const result: TrainingResult = {
  out: '/packs/mine',
  scorer: 'mine',
  hash: 'a'.repeat(64),
  history: epochs,
  bestEpoch: 2,
  metrics: [
    { name: 'pearson', value: 0.61234, ...metric },
    { name: 'spearman', value: 0.5, ...metric },
  ],
  rows: { training: 170, heldOut: 30 },
  anchors: { training: 17, heldOut: 3 },
  dataHash: 'b'.repeat(64),
  device: { asked: 'cpu', used: 'cpu', reason: null },
};

function job(training?: Partial<TrainingState>): JobEntry {
  const state = {
    device: null,
    epoch: 1,
    epochs: 2,
    step: 1,
    steps: 20,
    loss: 0.7,
    rowsPerSecond: 10,
    history: [],
    ...training,
  };
  const at = '2026-01-02T03:04:05.000Z';
  return {
    id: 7,
    kind: 'train',
    state: 'running',
    stopping: null,
    title: 'Train tiny on labels.csv',
    stage: 'Training',
    done: 10,
    total: 100,
    rate: null,
    eta: null,
    error: null,
    result: null,
    createdAt: at,
    updatedAt: at,
    ...(training === undefined ? {} : { training: state }),
  };
}

const trainArguments = ['train', 'labels.csv', '--recipe', 'tiny', '--out', 'mine'];

describe('train', () => {
  it('prints each epoch once while it trains, and what came of it', async () => {
    let asked: unknown;
    const trainScorer: CliApp['trainScorer'] = async (input, { onJob }) => {
      asked = input;
      onJob?.(job());
      onJob?.(job({ history: epochs.slice(0, 1) }));
      onJob?.(job({ history: epochs.slice(0, 1) }));
      return result;
    };
    const { code, stdout, stderr } = await run(trainArguments, { stub: stubApp({}, { trainScorer }) });
    expect(code).toBe(0);
    expect(asked).toEqual({ labels: 'labels.csv', recipe: 'tiny', out: 'mine' });
    expect(stderr.trim().split('\n')).toEqual([
      'Epoch 1 of 2: loss 0.7000; on the hold-out Pearson not computable, Spearman not computable',
      'Epoch 2 of 2: loss 0.5000; on the hold-out Pearson 0.612, Spearman 0.500',
    ]);
    expect(stdout).toContain('On 30 pairs of 3 other anchors (pair mode): Pearson 0.612, Spearman 0.500.');
    expect(stdout).toContain('--scorer mine');
  });

  it('says once why it does not use the device asked for, and again with what came of it', async () => {
    const device = { asked: 'cuda', used: 'cpu', reason: 'no driver' };
    const trainScorer: CliApp['trainScorer'] = async (_, { onJob }) => {
      onJob?.(job({ device }));
      onJob?.(job({ device, step: 2 }));
      return { ...result, device, history: [] };
    };
    const { stdout, stderr } = await run(trainArguments, { stub: stubApp({}, { trainScorer }) });
    expect(stderr).toBe('The device cuda cannot be used, the processor is: no driver\n');
    expect(stdout).toContain('The device cuda cannot be used, the processor is: no driver\n');
  });

  it('says that another device than the processor passed its self-test', async () => {
    const device = { asked: 'webgpu', used: 'webgpu', reason: null };
    const trainScorer: CliApp['trainScorer'] = async (_, { onJob }) => {
      onJob?.(job({ device }));
      return { ...result, device, history: [] };
    };
    const { stderr } = await run(trainArguments, { stub: stubApp({}, { trainScorer }) });
    expect(stderr).toBe('The device webgpu passed its self-test and is used.\n');
  });

  it('passes the licence on', async () => {
    let asked: unknown;
    const trainScorer: CliApp['trainScorer'] = async (input) => ((asked = input), result);
    await run([...trainArguments, '--licence', 'CC0'], { stub: stubApp({}, { trainScorer }) });
    expect(asked).toEqual({ labels: 'labels.csv', recipe: 'tiny', out: 'mine', licence: 'CC0' });
  });

  it('prints the result as JSON', async () => {
    const stub = stubApp({}, { trainScorer: async () => result });
    const { stdout } = await run([...trainArguments, '--json'], { stub });
    expect(JSON.parse(stdout)).toEqual(result);
  });

  it('says once that a cancel is under way', async () => {
    const trainScorer: CliApp['trainScorer'] = async (_, { onJob }) => {
      onJob?.({ ...job({}), stopping: 'cancelled' });
      onJob?.({ ...job({}), stopping: 'cancelled' });
      throw new AppError('cancelled', 'Cancelled.');
    };
    const { stderr } = await run(trainArguments, { stub: stubApp({}, { trainScorer }) });
    expect(stderr.match(/Cancelling after the step under way…/g)).toHaveLength(1);
  });

  it('says after an interruption how to go on', async () => {
    const interruption = new AbortController();
    const trainScorer: CliApp['trainScorer'] = async (_, { onJob, signal }) => {
      onJob?.(job({}));
      interruption.abort();
      expect(signal.aborted).toBe(true);
      throw new AppError('cancelled', 'Cancelled.');
    };
    const { code, stderr } = await run(trainArguments, {
      stub: stubApp({}, { trainScorer }),
      signal: interruption.signal,
    });
    expect(code).toBe(130);
    expect(stderr).toContain('npx priorphrase jobs resume 7');
  });

  it('does not advise to go on where that would end the same', async () => {
    const trainScorer: CliApp['trainScorer'] = async (_, { onJob }) => {
      onJob?.(job({}));
      throw new AppError('bad-input', 'The loss is not a number.');
    };
    const { code, stderr } = await run(trainArguments, { stub: stubApp({}, { trainScorer }) });
    expect(code).toBe(2);
    expect(stderr).toBe('The loss is not a number.\n');
  });

  it.each([
    [['train', 'labels.csv', '--out', 'x'], '--recipe NAME|FILE is missing'],
    [['train', 'labels.csv', '--recipe', 'tiny'], '--out PACK is missing'],
    [['train', '--recipe', 'tiny', '--out', 'x'], 'LABELS.csv is missing'],
    [[...trainArguments, '--licence', ' '], '--licence is empty'],
    [['packs', 'quantise', 'mine', '--out', 'x'], '--labels LABELS.csv is missing'],
    [['packs', 'quantise', 'mine', '--labels', 'x.csv'], '--out DIR is missing'],
    [['packs', 'quantise', '--labels', 'x.csv', '--out', 'x'], 'PACK is missing'],
  ])('names what is missing: %j', async (args, message) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

const evaluation: Evaluation = {
  scorer: 'mine',
  mode: 'pair',
  split: 'all rows',
  rows: 3,
  anchors: 2,
  file: { rows: 5, leftOut: 1, merged: 1 },
  bad: [{ line: 3, column: 'score', found: 'x', expected: 'a number' }],
  badCount: 1,
  pearson: 0.75,
  spearman: null,
  confusion: [0, 1, 2, 3, 4].map((rating) =>
    [0, 1, 2, 3, 4].map((other) => (rating === other && rating < 3 ? 1 : 0)),
  ),
  sameRating: 1,
  calibration: Array.from({ length: 10 }, (_, at) => ({
    from: at / 10,
    to: (at + 1) / 10,
    rows: at === 0 ? 3 : 0,
    meanScore: at === 0 ? 0.05 : null,
    meanLabel: at === 0 ? 0.1 : null,
  })),
  trainedOn: { anchors: 1, rows: 2 },
};

describe('evaluate', () => {
  it('prints the figures with their split, mode and rows, and warns of anchors that were trained on', async () => {
    const asked: unknown[] = [];
    const evaluateScorer: CliApp['evaluateScorer'] = async (input) => (asked.push(input), evaluation);
    const { code, stdout, stderr } = await run(['evaluate', 'labels.csv', '--scorer', 'mine'], {
      stub: stubApp({}, { evaluateScorer }),
    });
    expect(code).toBe(0);
    expect(asked).toEqual([{ labels: 'labels.csv', unseen: false, mode: 'pair', scorer: 'mine' }]);
    expect(stdout).toContain('mine in pair mode on all rows of labels.csv: 3 pairs of 2 anchors.');
    expect(stdout).toContain('Of 5 rows of the file, 1 could not be used and 1 said what another one said.');
    expect(stdout).toContain('Pearson 0.750, Spearman not computable, same rating 100.0 %.');
    expect(stdout).toMatch(/2 narrower or broader +1 +0 +0 +1 +0 +0/);
    expect(stdout).toMatch(/0\.0 to 0\.1 +3 +0\.050 +0\.100/);
    expect(stderr).toContain('line 3, score: found "x", expected a number');
    expect(stderr).toContain('mine was trained on 1 anchors of this file (2 rows)');
  });

  it('warns where the pack does not say what it was trained on, and not of what is left out', async () => {
    const answer = (change: Partial<Evaluation>) => ({
      stub: stubApp({}, { evaluateScorer: async () => ({ ...evaluation, badCount: 0, bad: [], ...change }) }),
    });
    const silent = await run(['evaluate', 'labels.csv'], answer({ trainedOn: null }));
    expect(silent.stderr).toContain('does not say which anchors');
    const unseen = await run(['evaluate', 'labels.csv', '--unseen'], answer({ split: 'the others' }));
    expect(unseen.stderr).toBe('');
  });

  it('asks for list mode by name, and for no other', async () => {
    const evaluateScorer: CliApp['evaluateScorer'] = async ({ mode = 'pair' }) => ({ ...evaluation, mode });
    const stub = () => ({ stub: stubApp({}, { evaluateScorer }) });
    const { stdout } = await run(['evaluate', 'labels.csv', '--mode', 'list'], stub());
    expect(stdout).toContain('mine in list mode on all rows');
    const wrong = await run(['evaluate', 'labels.csv', '--mode', 'both'], stub());
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('--mode: found "both", expected pair or list.'),
    ]);
  });

  it('prints the whole as JSON', async () => {
    const stub = stubApp({}, { evaluateScorer: async () => evaluation });
    expect(JSON.parse((await run(['evaluate', 'x.csv', '--json'], { stub })).stdout)).toEqual(evaluation);
  });
});

describe('jobs', () => {
  it('are listed', async () => {
    const failed = { ...job(), id: 8, state: 'failed', error: 'No room.' };
    const { stdout } = await run(['jobs', 'list'], { stub: stubApp({ 'jobs.list': () => [failed, job()] }) });
    expect(stdout).toMatch(/8 +failed +10 % +2026-01-02 03:04 +Train tiny on labels\.csv: No room\./);
    expect((await run(['jobs', 'list'], { stub: stubApp({ 'jobs.list': () => [] }) })).stdout).toBe(
      'There are no jobs.\n',
    );
  });

  it('are cancelled', async () => {
    const stub = stubApp({ 'jobs.cancel': () => ({ ...job(), state: 'cancelled' }) });
    const { stdout, state } = await run(['jobs', 'cancel', '7'], { stub });
    expect(stdout).toBe('Job 7 is cancelled: Train tiny on labels.csv\n');
    expect(state.asked).toEqual([{ name: 'jobs.cancel', input: { id: 7 } }]);
  });

  it('are resumed and waited for', async () => {
    const resumeJob: CliApp['resumeJob'] = async ({ id }) =>
      id === 7 ? { kind: 'train', result } : { kind: 'embed', result: 3 };
    const stub = () => ({ stub: stubApp({}, { resumeJob }) });
    expect((await run(['jobs', 'resume', '7'], stub())).stdout).toContain('The pack is /packs/mine');
    expect((await run(['jobs', 'resume', '8'], stub())).stdout).toBe('Job 8 is done.\n');
  });

  it.each([['x'], ['0'], ['1.5'], ['-1']])('refuse the number %j', async (id) => {
    const { code, stderr } = await run(['jobs', 'cancel', '--', id]);
    expect(code).toBe(2);
    expect(stderr).toContain(`ID: found "${id}"`);
  });
});

describe('packs add', () => {
  it('says how to use the pack', async () => {
    const addPack = async (dir: string) => ({
      id: 'mine',
      name: dir,
      kind: 'scorer' as const,
      version: '1.0.0',
      hash: 'a'.repeat(64),
      builtin: false,
      inUse: false,
      bytes: 1_500_000,
      licence: 'none',
      description: '',
      metrics: [],
    });
    const { stdout } = await run(['packs', 'add', '/packs/mine'], { stub: stubApp({}, { addPack }) });
    expect(stdout).toBe(
      'Added mine (/packs/mine), 1.5 MB.\n  npx priorphrase score IN.csv OUT.csv --scorer mine\n',
    );
  });
});

describe('packs quantise', () => {
  it('prints both correlations, the sizes and how to use the pack', async () => {
    const asked: unknown[] = [];
    const quantiseScorer: CliApp['quantiseScorer'] = async (input) => {
      asked.push(input);
      return {
        accepted: true,
        rows: 30,
        pearson: { float: 0.8, int8: 0.799 },
        maxDrop: 0.005,
        bytes: { float: 4_000_000, int8: 1_100_000 },
        hash: 'a'.repeat(64),
        message: 'Pearson on 30 rows is 0.8000 with 32-bit weights and is 0.7990 with 8-bit weights.',
        out: '/packs/small',
        scorer: 'small',
        split: 'all rows of labels.csv',
      };
    };
    const { code, stdout } = await run(
      ['packs', 'quantise', 'mine', '--labels', 'labels.csv', '--out', '/packs/small'],
      { stub: stubApp({}, { quantiseScorer }) },
    );
    expect(code).toBe(0);
    expect(asked).toEqual([{ pack: 'mine', labels: 'labels.csv', out: '/packs/small' }]);
    expect(stdout).toContain(
      '0.8000 with 32-bit weights and is 0.7990 with 8-bit weights. Measured on all rows',
    );
    expect(stdout).toContain('The graph takes 1.1 MB, before 4.0 MB.');
    expect(stdout).toContain('--scorer small');
  });

  it('that is refused prints why and fails', async () => {
    const quantiseScorer = () => Promise.reject(new AppError('conflict', 'Pearson drops.'));
    const { code, stderr } = await run(['packs', 'quantise', 'm', '--labels', 'l.csv', '--out', 'o'], {
      stub: stubApp({}, { quantiseScorer }),
    });
    expect([code, stderr]).toEqual([1, 'Pearson drops.\n']);
  });
});
