import type { TrainableModel } from '../model.ts';
import { bindShape, countOf, type RunSizes } from './bind-shape.ts';
import { peakBytes } from './peak-bytes.ts';
import type { TrainingGraph } from './training-graph.ts';

/** What decides how many rows may run at once. */
export interface RowsRequest {
  readonly model: Pick<TrainableModel, 'parameters' | 'masks'>;
  readonly graph: TrainingGraph['graph'];
  readonly trained: ReadonlySet<string>;
  /** The rows that would run at once if there were room, and the longest padded length. */
  readonly wanted: RunSizes;
  /** Rows in a step. */
  readonly batchSize: number;
  /** The most memory that training may take, in MiB. */
  readonly limitMb: number;
}

const mebibyte = 2 ** 20;

// Measured: the peak of whole processes, 12 layers of 768, 6 of 384 and 4 of 256 with 1 to 32 rows, against these sums. Node.js,
// ONNX Runtime, the measuring of epochs and the export take the first, what ONNX Runtime keeps between runs the shares.
const processBytes = 400 * mebibyte;
const besideParameters = 1.17;
const besideRun = 1.08;
// Where parameters alone are too large, fewer rows would cost speed and gain nothing.
const leastWorthSaving = 0.1;

/**
 * The most rows of one run that stay within the limit by estimate; at least one, and as many as take a tenth of the limit. A step
 * with more rows has several runs of as equal size as can be. It depends on model, rows and recipe alone, not on the machine, so that
 * the numbers stay the same anywhere.
 */
export function rowsAtOnce({ model, graph, trained, wanted, batchSize, limitMb }: RowsRequest): number {
  const runBytes = (batch: number): number => {
    const sizes = { batch, tokens: wanted.tokens };
    const masks = model.masks.reduce((sum, { shape }) => sum + 4 * countOf(bindShape(shape, sizes)), 0);
    return besideRun * (masks + peakBytes(graph, sizes));
  };
  const fits = (rows: number): boolean => {
    // Values, gradients and two moments; gradients twice where they are summed over runs.
    const trainedBytes = rows < batchSize ? 20 : 16;
    const parameters = model.parameters.reduce(
      (sum, { name, shape }) => sum + countOf(shape) * (trained.has(name) ? trainedBytes : 4),
      0,
    );
    return processBytes + besideParameters * parameters + runBytes(rows) <= limitMb * mebibyte;
  };
  let rows = Math.min(wanted.batch, batchSize);
  // From one number of runs to the next: 32, 16, 11, 8 …
  while (rows > 1 && !fits(rows) && runBytes(rows) > leastWorthSaving * limitMb * mebibyte)
    rows = Math.ceil(batchSize / Math.ceil(batchSize / (rows - 1)));
  return rows;
}
