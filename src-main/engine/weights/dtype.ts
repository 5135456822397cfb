import type { ElementType } from '../graph/element-type.ts';

/** The number types of safetensors files that can be read and written: their bytes and the graph's name for them. */
export const dtypes = {
  F32: { bytes: 4, element: 'float32' },
  F16: { bytes: 2, element: 'float16' },
  BF16: { bytes: 2, element: 'bfloat16' },
  I8: { bytes: 1, element: 'int8' },
  U8: { bytes: 1, element: 'uint8' },
  I32: { bytes: 4, element: 'int32' },
  I64: { bytes: 8, element: 'int64' },
} as const satisfies Readonly<Record<string, { readonly bytes: number; readonly element: ElementType }>>;

/** The name of a number type in a safetensors file. */
export type Dtype = keyof typeof dtypes;

/** Whether a file's word for a number type is one that can be read. */
export function isDtype(word: string): word is Dtype {
  return Object.hasOwn(dtypes, word);
}
