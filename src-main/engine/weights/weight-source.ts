import type { SafetensorsHeader } from './safetensors-header.ts';

/** Stored weights that are read tensor by tensor, so that only one copy of them need be in memory. */
export interface WeightSource extends SafetensorsHeader {
  /** The file's name, for messages. */
  readonly label: string;
  /** Copies bytes of a tensor, from `from` on (counted in the tensor), into the whole of `target`. */
  readInto(name: string, target: Uint8Array, from?: number): Promise<void>;
}
