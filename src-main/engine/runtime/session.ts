/** A tensor as plain data. */
export type TensorData =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'int32'; readonly data: Int32Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] };

/** A loaded graph; a run blocks the process, so callers keep each one short. */
export interface Session {
  /** Input name -> tensor to output name -> tensor. */
  run(inputs: Readonly<Record<string, TensorData>>): Promise<Readonly<Record<string, TensorData>>>;
  release(): Promise<void>;
}

/** Makes a session of the bytes of an ONNX file. */
export type CreateSession = (onnx: Uint8Array) => Promise<Session>;
