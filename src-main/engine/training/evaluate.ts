import type { Example } from './batches/example.ts';
import { fillBatch } from './batches/fill-batch.ts';
import { planScoring, type BatchSettings } from './batches/plan-epoch.ts';
import { pearson } from './metrics/pearson.ts';
import { spearman } from './metrics/spearman.ts';
import type { TrainingSession } from './session/training-session.ts';

/** How a model does on rows. */
export interface Metrics {
  /** Null where it can't be computed: no rows, or all predictions the same. */
  readonly pearson: number | null;
  readonly spearman: number | null;
  readonly rows: number;
}

/** How to evaluate. */
export interface EvaluateSettings {
  readonly recipe: BatchSettings;
  readonly padding: number;
  /** Called between runs; may throw. */
  readonly pause?: () => void;
}

/** What the model says of each example, in their order. */
export async function predictAll(
  session: TrainingSession,
  examples: readonly Example[],
  { recipe, padding, pause }: EvaluateSettings,
): Promise<Float32Array> {
  const predictions = new Float32Array(examples.length);
  const lengths = Uint16Array.from(examples, ({ ids }) => ids.length);
  for (const run of planScoring(lengths, recipe)) {
    const values = await session.predict(fillBatch(run, examples, padding, 0));
    for (const [at, row] of run.rows.entries()) predictions[row] = values[at] as number;
    pause?.();
  }
  return predictions;
}

/** The correlations of predictions and labels. */
export async function evaluate(
  session: TrainingSession,
  examples: readonly Example[],
  settings: EvaluateSettings,
): Promise<Metrics> {
  const predictions = await predictAll(session, examples, settings);
  const labels = Float32Array.from(examples, ({ label }) => label);
  const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    pearson: orNull(pearson(predictions, labels)),
    spearman: orNull(spearman(predictions, labels)),
    rows: examples.length,
  };
}
