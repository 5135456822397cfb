import { pearsonOf, spearmanOf } from '../../contract/correlation.ts';
import type { Example } from './batches/example.ts';
import { fillBatch } from './batches/fill-batch.ts';
import { planScoring, type BatchSettings } from './batches/plan-epoch.ts';
import type { Loss } from './losses/loss.ts';
import type { TrainingSession } from './session/training-session.ts';

/** How a model does on rows. */
export interface Metrics {
  /** Null where it can't be computed: no rows, or all predictions the same. */
  readonly pearson: number | null;
  readonly spearman: number | null;
  readonly rows: number;
}

/** How to score. */
export interface ScoreSettings {
  readonly recipe: BatchSettings;
  /** The id of the padding token. */
  readonly padding: number;
  /** Called between runs; may throw. */
  readonly pause?: () => void;
}

/** The model's raw output for each example, in their order. */
export async function scoreAll(
  session: TrainingSession,
  examples: readonly Example[],
  { recipe, padding, pause }: ScoreSettings,
): Promise<Float32Array> {
  const logits = new Float32Array(examples.length);
  const lengths = Uint16Array.from(examples, ({ ids }) => ids.length);
  for (const run of planScoring(lengths, recipe)) {
    const values = await session.logits(fillBatch(run, examples, padding, 0));
    for (const [at, row] of run.rows.entries()) logits[row] = values[at] as number;
    pause?.();
  }
  return logits;
}

/** The correlations of what the model says with the labels. */
export async function evaluate(
  session: TrainingSession,
  examples: readonly Example[],
  settings: ScoreSettings & { readonly loss: Loss },
): Promise<Metrics> {
  const predictions = Array.from(await scoreAll(session, examples, settings), settings.loss.predict);
  const labels = examples.map(({ label }) => label);
  return {
    pearson: pearsonOf(predictions, labels),
    spearman: spearmanOf(predictions, labels),
    rows: examples.length,
  };
}
