import type { Generator } from '../random/generator.ts';

/** Rows that run together, padded to one length. */
export interface RunPlan {
  readonly rows: readonly number[];
  readonly tokens: number;
}

/** One step of the optimiser: its gradients are summed over the runs. */
export interface StepPlan {
  readonly runs: readonly RunPlan[];
  readonly rowCount: number;
}

/** How rows are put together. */
export interface BatchSettings {
  /** Rows in a step. */
  readonly batchSize: number;
  /** The most rows in one run; a step with more has several, which takes less memory. */
  readonly runRows: number;
  /** Padded lengths are multiples of this. */
  readonly lengthMultiple: number;
}

// So many batches are shuffled together and sorted by length: enough that a batch is nearly of one length, few enough that
// which rows meet in a batch stays random.
const batchesInPool = 50;

/** A length rounded up to a multiple. */
export function paddedLength(length: number, multiple: number): number {
  return Math.ceil(length / multiple) * multiple;
}

/** The steps of one pass over all rows, each row once: random order, batches of similar length, batches in random order. */
export function planEpoch(
  lengths: ArrayLike<number>,
  settings: BatchSettings,
  generator: Generator,
): StepPlan[] {
  const { batchSize } = settings;
  const order = generator.shuffle(Uint32Array.from({ length: lengths.length }, (_, row) => row));
  const steps: StepPlan[] = [];
  for (let start = 0; start < order.length; start += batchSize * batchesInPool) {
    const pool = order.slice(start, start + batchSize * batchesInPool);
    pool.sort((a, b) => (lengths[a] as number) - (lengths[b] as number));
    for (let at = 0; at < pool.length; at += batchSize) {
      steps.push(planStep([...pool.subarray(at, at + batchSize)], lengths, settings));
    }
  }
  const shuffled = generator.shuffle(steps.map((_, index) => index));
  return shuffled.map((index) => steps[index] as StepPlan);
}

/** The steps of a pass in the order of length, for scoring; each row once. */
export function planScoring(lengths: ArrayLike<number>, settings: BatchSettings): RunPlan[] {
  const order = Uint32Array.from({ length: lengths.length }, (_, row) => row);
  order.sort((a, b) => (lengths[a] as number) - (lengths[b] as number));
  return planStep([...order], lengths, settings).runs.slice();
}

function planStep(
  rows: readonly number[],
  lengths: ArrayLike<number>,
  { runRows, lengthMultiple }: BatchSettings,
): StepPlan {
  const runs: RunPlan[] = [];
  for (let start = 0; start < rows.length; start += runRows) {
    const part = rows.slice(start, start + runRows);
    const longest = part.reduce((most, row) => Math.max(most, lengths[row] as number), 1);
    runs.push({ rows: part, tokens: paddedLength(longest, lengthMultiple) });
  }
  return { runs, rowCount: rows.length };
}
