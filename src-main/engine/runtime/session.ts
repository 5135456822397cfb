/** A tensor as plain data, row-major. */
export type TensorData =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly shape: readonly number[] }
  | { readonly type: 'int32'; readonly data: Int32Array; readonly shape: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly shape: readonly number[] };

/** Tensors by the names of a graph's inputs or outputs. */
export type NamedTensors = Readonly<Record<string, TensorData>>;

/** A loaded graph; a run blocks the process, so callers keep each one short. */
export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(inputs: NamedTensors): Promise<NamedTensors>;
  /** Frees the graph's memory; no run may follow. */
  release(): Promise<void>;
}

/** Makes a session of the bytes of an ONNX file. */
export type CreateSession = (
  onnx: Uint8Array,
  options?: {
    /** Threads inside one operator; every core where it is absent. */
    readonly threads?: number;
    /** Whether memory is kept from run to run, which is quicker: for runs of bounded size, one like another. */
    readonly keepsMemory?: boolean;
  },
) => Promise<Session>;
