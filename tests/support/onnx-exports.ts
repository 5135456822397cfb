import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Tensor } from '../../src-main/engine/graph/tensor.ts';

const folder = join(import.meta.dirname, '../fixtures/onnx-exports');

/** The names of the encoders that scripts/make-onnx-fixtures.py has made. */
export const exportNames: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.onnx.gz'))
  .map((name) => name.slice(0, -'.onnx.gz'.length))
  .sort();

/** The bytes of an export's .onnx file. */
export function exportedModel(name: string): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(join(folder, `${name}.onnx.gz`))));
}

/** What PyTorch computed for an export. */
export interface Oracle {
  /** What was fed (input_ids, attention_mask, weights), the output, and `gradient of <parameter>`. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** For each parameter the stored tensors of the file that hold its values. */
  readonly parameters: Readonly<
    Record<string, { readonly stored: readonly string[]; readonly transposed: boolean }>
  >;
}

const types = { F32: 'float32', I64: 'int64' } as const;

/** PyTorch's results for an export. */
export function oracleOf(name: string): Oracle {
  const file = readFileSync(join(folder, `${name}.safetensors`));
  const start = 8 + Number(file.readBigUInt64LE(0));
  const { __metadata__: metadata, ...entries } = JSON.parse(file.subarray(8, start).toString()) as {
    readonly __metadata__: { readonly parameters: string };
  } & Record<string, { dtype: keyof typeof types; shape: number[]; data_offsets: [number, number] }>;
  const tensors = Object.entries(entries).map(([key, entry]): [string, Tensor] => {
    const [from, to] = entry.data_offsets;
    return [
      key,
      { type: types[entry.dtype], shape: entry.shape, bytes: file.subarray(start + from, start + to) },
    ];
  });
  return { tensors: new Map(tensors), parameters: JSON.parse(metadata.parameters) as Oracle['parameters'] };
}
