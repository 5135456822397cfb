import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../src-main/contract/app-error.ts';
import type { EventName } from '../../src-main/contract/events.ts';
import type { JobEntry } from '../../src-main/contract/job.ts';
import type { ScorerManifest } from '../../src-main/contract/pack.ts';
import type { LoadedPack } from '../../src-main/packs/loaded-pack.ts';
import { jobHandlers } from '../../src-main/services/job-kinds.ts';
import { JobRunner } from '../../src-main/services/job-runner.ts';
import type { Packs } from '../../src-main/services/packs.ts';
import type { JobContext } from '../../src-main/services/job-context.ts';
import { throwIfCancelled } from '../../src-main/services/paced-batches.ts';
import { createFileShelf } from '../../src-main/services/file-shelf.ts';
import type { Store } from '../../src-main/store/store.ts';
import type { FakeEngine } from './fake-engine.ts';
import { lookupFixture } from './lookup-fixture.ts';

/** Bulk scoring over a store with a fake engine, and a fake scorer with a list mode. */
export interface ScoringFixture {
  readonly context: JobContext;
  readonly store: Store;
  readonly engine: FakeEngine;
  readonly runner: JobRunner;
  /** Every change of a job, in order. */
  readonly jobs: JobEntry[];
  readonly events: EventName[];
  readonly errors: unknown[];
}

/** How the fake scorer is. */
export interface ScoringOptions {
  readonly store: Store;
  /** Another letter is another scorer. */
  readonly scorer?: string;
  /** Instead of the fake engine. */
  readonly engine?: JobContext['engine'];
  /** How long the engine takes for a row. */
  readonly rowMilliseconds?: number;
  readonly onJob?: (job: JobEntry) => void;
  /** Hears how many rows the engine has been asked for, before it answers. */
  readonly onAsked?: (rows: number) => void;
}

const list = { intercept: 0.01, pair: -0.2, z: 0.03, rank: 0.2, mean: 0.05, shrink: 5 };
const output = { calibration: { raw: [0, 1], score: [0, 1] }, ratingCuts: [0.125, 0.375, 0.625, 0.875] };

/** Makes a fixture; classes are a letter and two digits. */
export function scoringFixture({
  store,
  scorer = 'b',
  engine: given,
  rowMilliseconds = 0,
  onJob,
  onAsked,
}: ScoringOptions): ScoringFixture {
  const { context: lookup, engine } = lookupFixture({ store });
  const pack = {
    dir: '/nowhere',
    hash: scorer.repeat(64),
    manifest: { kind: 'scorer', family: 'feature-trees', id: `scorer-${scorer}`, output, list },
    read: () => Promise.reject(new Error('A fake pack has no files.')),
  } as unknown as LoadedPack<ScorerManifest>;
  const packs = { ...lookup.packs, scorer: () => Promise.resolve(pack) };
  const jobs: JobEntry[] = [];
  const events: EventName[] = [];
  const errors: unknown[] = [];
  let asked = 0;
  const emit: JobContext['emit'] = (name, payload) => {
    events.push(name);
    if (name !== 'job.changed') return;
    jobs.push(payload as JobEntry);
    onJob?.(payload as JobEntry);
  };
  const slow: JobContext['engine']['call'] = async (name, input, signal) => {
    const rows = 'targets' in input ? input.targets.length : 0;
    onAsked?.((asked += rows));
    throwIfCancelled(signal);
    if (rowMilliseconds > 0)
      await sleep(rows * rowMilliseconds, undefined, signal === undefined ? {} : { signal });
    return (given ?? engine).call(name, input, signal);
  };
  const context: JobContext = {
    ...lookup,
    engine: { call: slow },
    packs,
    packsWith: () => packs as unknown as Packs,
    queuePasswords: new Map(),
    files: createFileShelf({ store, dataDir: '/nowhere' }),
    emit,
    resolveContext: (asked) => {
      if (!/^[A-H]\d\d/.test(asked)) throw new AppError('not-found', `"${asked}" is not a CPC symbol.`);
      return lookup.resolveContext(asked);
    },
  };
  const log = (_: string, error: unknown): void => void errors.push(error);
  const runner = new JobRunner({ store, emit, handlers: jobHandlers(context), log });
  return { context, store, engine, runner, jobs, events, errors };
}
