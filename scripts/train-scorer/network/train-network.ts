import { gaussian, permutation, seededRandom } from '../../train-retriever/random.ts';
import type { Random } from '../../train-retriever/random.ts';
import { adamState, adamStep } from './adam.ts';
import { layer, rectify, standardise, standardiser } from './network.ts';
import type { Network } from './network.ts';

/** How a network is trained. */
export interface NetworkRules {
  readonly hidden: readonly [number, number];
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  /** L2 decay, as a share of the weights added to each gradient. */
  readonly decay: number;
  readonly seed: number;
}

/** Trains a network on the squared error of some rows of a row-major matrix. */
export function trainNetwork(
  matrix: Float32Array,
  width: number,
  rows: Int32Array,
  labels: Float32Array,
  weights: Float32Array,
  rules: NetworkRules,
): Network {
  const random = seededRandom(rules.seed);
  const [h1, h2] = rules.hidden;
  const scale = standardiser(matrix, width, rows);
  const w1 = randomWeights(width, h1, random);
  const w2 = randomWeights(h1, h2, random);
  // A small last layer: the first outputs lie near the mean label.
  const w3 = randomWeights(h2, 1, random).map((weight) => weight * 0.1);
  const b1 = new Float32Array(h1);
  const b2 = new Float32Array(h2);
  const b3 = new Float32Array(1).fill(0.36);
  const states = [w1, w2, w3, b1, b2, b3].map(adamState);
  const [g1, g2, g3, gb1, gb2, gb3] = states.map(({ gradient }) => gradient) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const inputs = new Float32Array(rows.length * width);
  rows.forEach((row, k) =>
    standardise(matrix, row * width, scale, inputs.subarray(k * width, (k + 1) * width)),
  );
  const a1 = new Float32Array(h1);
  const a2 = new Float32Array(h2);
  const out = new Float32Array(1);
  const d1 = new Float32Array(h1);
  const d2 = new Float32Array(h2);
  const steps = rules.epochs * Math.ceil(rows.length / rules.batch);
  let step = 0;
  for (let epoch = 0; epoch < rules.epochs; epoch++) {
    const order = permutation(rows.length, random);
    for (let from = 0; from < rows.length; from += rules.batch) {
      const to = Math.min(rows.length, from + rules.batch);
      for (let k = from; k < to; k++) {
        const at = order[k]!;
        const row = rows[at]!;
        const input = inputs.subarray(at * width, (at + 1) * width);
        layer(input, w1, b1, a1);
        rectify(a1);
        layer(a1, w2, b2, a2);
        rectify(a2);
        layer(a2, w3, b3, out);
        const error = (weights[row]! * (out[0]! - labels[row]!)) / (to - from);
        gb3[0] = gb3[0]! + error;
        for (let j = 0; j < h2; j++) {
          g3[j] = g3[j]! + error * a2[j]!;
          d2[j] = a2[j]! > 0 ? error * w3[j]! : 0;
        }
        back(a1, w2, d2, g2, gb2, d1);
        back(input, null, d1, g1, gb1, null);
      }
      step++;
      const rate = rules.learningRate * Math.min(1, 1.05 - step / steps);
      states.forEach((state, i) => adamStep(state, step, rate, i < 3 ? rules.decay : 0));
    }
  }
  return { inputs: width, hidden: rules.hidden, ...scale, weights: [w1, w2, w3], biases: [b1, b2, b3] };
}

/** Adds to a layer's gradients, and gives the gradient of its rectified input where it is asked for. */
function back(
  input: Float32Array,
  weights: Float32Array | null,
  delta: Float32Array,
  gradient: Float32Array,
  biasGradient: Float32Array,
  inputDelta: Float32Array | null,
): void {
  const width = delta.length;
  for (let j = 0; j < width; j++) biasGradient[j] = biasGradient[j]! + delta[j]!;
  for (let i = 0; i < input.length; i++) {
    const x = input[i]!;
    const at = i * width;
    if (weights !== null && inputDelta !== null) {
      let sum = 0;
      if (x > 0) for (let j = 0; j < width; j++) sum += weights[at + j]! * delta[j]!;
      inputDelta[i] = sum;
    }
    if (x === 0) continue;
    for (let j = 0; j < width; j++) gradient[at + j] = gradient[at + j]! + x * delta[j]!;
  }
}

function randomWeights(inputs: number, outputs: number, random: Random): Float32Array {
  // He initialisation: variance 2 / inputs.
  return Float32Array.from({ length: inputs * outputs }, () => gaussian(random) * Math.sqrt(2 / inputs));
}
