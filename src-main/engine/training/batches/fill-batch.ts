import type { TensorData } from '../../runtime/session.ts';
import type { Example } from './example.ts';
import type { RunPlan } from './plan-epoch.ts';

/** The tensors of a run by the names of a model's inputs. */
export type BatchTensors = Readonly<Record<string, TensorData>>;

/** Token ids padded to one length, which of them count, segments (all one), labels and weights of the rows. */
export function fillBatch(
  { rows, tokens }: RunPlan,
  examples: readonly Example[],
  padding: number,
  rowWeight: number,
): BatchTensors {
  const shape = [rows.length, tokens];
  const ids = new BigInt64Array(rows.length * tokens).fill(BigInt(padding));
  const mask = new BigInt64Array(rows.length * tokens);
  const labels = new Float32Array(rows.length);
  for (const [at, row] of rows.entries()) {
    const example = examples[row] as Example;
    for (let token = 0; token < example.ids.length; token++) {
      ids[at * tokens + token] = BigInt(example.ids[token] as number);
      mask[at * tokens + token] = 1n;
    }
    labels[at] = example.label;
  }
  return {
    input_ids: { type: 'int64', data: ids, shape },
    attention_mask: { type: 'int64', data: mask, shape },
    token_type_ids: { type: 'int64', data: new BigInt64Array(rows.length * tokens), shape },
    labels: { type: 'float32', data: labels, shape: [rows.length] },
    row_weights: {
      type: 'float32',
      data: new Float32Array(rows.length).fill(rowWeight),
      shape: [rows.length],
    },
  };
}
