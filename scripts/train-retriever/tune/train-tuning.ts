import { dot, type TokenModel } from '../phrase-vectors.ts';
import { permutation, seededRandom } from '../random.ts';
import { addCosineGradient, forward, noGradients, pearsonGradient, type Gradients } from './pair-gradient.ts';
import { folded, tunable, type Tunable } from './tuned-model.ts';

/** A labelled pair as token ids. */
export interface EncodedPair {
  readonly anchor: readonly number[];
  readonly target: readonly number[];
  readonly score: number;
}

/** How a model is tuned on labelled pairs. */
export interface TuneOptions {
  readonly seed: number;
  readonly epochs: number;
  readonly batch: number;
  readonly mapRate: number;
  readonly weightRate: number;
  readonly embeddingRate: number;
  /** Pull of the map towards the identity and of weights towards their start, a step. */
  readonly decay: number;
}

/** The model after training on the correlation of cosine and score, batch by batch, with Adam. */
export function tune(model: TokenModel, pairs: readonly EncodedPair[], options: TuneOptions): TokenModel {
  const state = tunable(model);
  const random = seededRandom(options.seed);
  const steps = Math.floor(pairs.length / options.batch) * options.epochs;
  const optimiser = createOptimiser(state, options);
  let step = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = permutation(pairs.length, random);
    for (let start = 0; start + options.batch <= order.length; start += options.batch) {
      const batch = Array.from(order.subarray(start, start + options.batch), (index) => pairs[index]!);
      optimiser(gradientsOf(state, batch), ++step, 1 - (step - 1) / steps);
    }
  }
  return folded(state);
}

function gradientsOf(state: Tunable, batch: readonly EncodedPair[]): Gradients {
  const first = batch.map(({ anchor }) => forward(state, anchor));
  const second = batch.map(({ target }) => forward(state, target));
  const cosines = batch.map((_, i) => dot(first[i]!.unit, second[i]!.unit));
  const { dx } = pearsonGradient(
    cosines,
    batch.map(({ score }) => score),
  );
  const gradients = noGradients(state);
  batch.forEach((_, i) => {
    // Minus: the correlation is to grow.
    addCosineGradient(state, first[i]!, second[i]!, cosines[i]!, -dx[i]!, gradients);
    addCosineGradient(state, second[i]!, first[i]!, cosines[i]!, -dx[i]!, gradients);
  });
  return gradients;
}

const beta1 = 0.9;
const beta2 = 0.999;

function createOptimiser(
  state: Tunable,
  options: TuneOptions,
): (gradients: Gradients, step: number, progress: number) => void {
  const { dimensions } = state;
  const moments = { first: new Float64Array(state.map.length), second: new Float64Array(state.map.length) };
  const startWeights = Float64Array.from(state.logWeight);
  const weightSquares = new Float64Array(state.logWeight.length);
  const rowSquares = new Float64Array(state.logWeight.length);
  return (gradients, step, progress) => {
    const correction = Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step);
    for (let i = 0; i < state.map.length; i++) {
      const g = gradients.map[i]!;
      moments.first[i] = beta1 * moments.first[i]! + (1 - beta1) * g;
      moments.second[i] = beta2 * moments.second[i]! + (1 - beta2) * g * g;
      const identity = Math.floor(i / dimensions) === i % dimensions ? 1 : 0;
      const pull = options.decay * (state.map[i]! - identity);
      const move = (correction * moments.first[i]!) / (Math.sqrt(moments.second[i]!) + 1e-8);
      state.map[i]! -= options.mapRate * progress * (move + pull);
    }
    for (const [id, g] of gradients.logWeight) {
      weightSquares[id]! += g * g;
      const pull = options.decay * (state.logWeight[id]! - startWeights[id]!);
      state.logWeight[id]! -=
        options.weightRate * progress * (g / (Math.sqrt(weightSquares[id]!) + 1e-8) + pull);
    }
    for (const [id, g] of gradients.embedding) {
      rowSquares[id]! += dot(g, g) / dimensions;
      const scale = (options.embeddingRate * progress) / (Math.sqrt(rowSquares[id]!) + 1e-8);
      for (let k = 0; k < dimensions; k++) state.embedding[id * dimensions + k]! -= scale * g[k]!;
    }
  };
}
