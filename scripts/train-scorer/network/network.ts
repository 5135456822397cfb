/** Inputs are brought to mean 0 and deviation 1 and cut off at this many deviations. */
export const inputLimit = 4;

/** A network of two hidden layers with rectified linear units; all matrices are [inputs, outputs], row-major. */
export interface Network {
  readonly inputs: number;
  readonly hidden: readonly [number, number];
  readonly mean: Float32Array;
  /** One over the standard deviation; 0 for a constant input. */
  readonly inverseDeviation: Float32Array;
  readonly weights: readonly [Float32Array, Float32Array, Float32Array];
  readonly biases: readonly [Float32Array, Float32Array, Float32Array];
}

/** The mean of each column and one over its standard deviation, over some rows of a row-major matrix. */
export function standardiser(matrix: Float32Array, width: number, rows: Int32Array) {
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  for (const row of rows) {
    for (let i = 0; i < width; i++) {
      const value = matrix[row * width + i]!;
      mean[i] = mean[i]! + value / rows.length;
      square[i] = square[i]! + (value * value) / rows.length;
    }
  }
  const inverseDeviation = Float32Array.from(mean, (m, i) => {
    const variance = square[i]! - m * m;
    return variance > 1e-10 ? 1 / Math.sqrt(variance) : 0;
  });
  return { mean: Float32Array.from(mean), inverseDeviation };
}

/** The standardised inputs of the row that starts at `at`. */
export function standardise(
  matrix: Float32Array,
  at: number,
  { mean, inverseDeviation }: Pick<Network, 'mean' | 'inverseDeviation'>,
  out: Float32Array,
): void {
  for (let i = 0; i < out.length; i++) {
    const value = (matrix[at + i]! - mean[i]!) * inverseDeviation[i]!;
    out[i] = Math.min(inputLimit, Math.max(-inputLimit, value));
  }
}

/** One layer: out = in * weights + bias. */
export function layer(
  input: Float32Array,
  weights: Float32Array,
  bias: Float32Array,
  out: Float32Array,
): void {
  const width = out.length;
  out.set(bias);
  for (let i = 0; i < input.length; i++) {
    const x = input[i]!;
    if (x === 0) continue;
    const at = i * width;
    for (let j = 0; j < width; j++) out[j] = out[j]! + x * weights[at + j]!;
  }
}

/** Replaces negative numbers by 0, in place. */
export function rectify(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = 0;
}

/** The network's output for the row that starts at `at` of a row-major matrix. */
export function networkOutput(network: Network, matrix: Float32Array, at: number): number {
  const input = new Float32Array(network.inputs);
  const first = new Float32Array(network.hidden[0]);
  const second = new Float32Array(network.hidden[1]);
  const out = new Float32Array(1);
  standardise(matrix, at, network, input);
  layer(input, network.weights[0], network.biases[0], first);
  rectify(first);
  layer(first, network.weights[1], network.biases[1], second);
  rectify(second);
  layer(second, network.weights[2], network.biases[2], out);
  return out[0]!;
}
