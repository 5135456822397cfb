import { seededRandom } from '../random.ts';
import { createKernel } from './kernel.ts';
import { readDocuments, type TokenSource } from './token-source.ts';

/** How one skip-gram model is trained. */
export interface SkipGramOptions {
  readonly seed: number;
  readonly dimensions: number;
  readonly window: number;
  readonly epochs: number;
  readonly negatives: number;
  readonly learningRate: number;
  readonly subsample: number;
  readonly splitShare: number;
  /** The part of the stream to read, for quick runs: from 0 to this share. */
  readonly share: number;
}

const negativeTableSize = 1 << 22;

/** Skip-gram with negative sampling (Mikolov et al. 2013); the negatives of a word are shared by its whole window. */
export function trainSkipGram(
  source: TokenSource,
  options: SkipGramOptions,
  report: (done: number) => void,
): Float32Array {
  const { dimensions, window, negatives } = options;
  const vocabulary = source.counts.length;
  const { input, targets, inputAddress, outputAddress, update } = createKernel(
    vocabulary,
    dimensions,
    negatives + 1,
  );
  const rowBytes = dimensions * 4;
  fillInitial(input, dimensions, options.seed);
  const table = negativeTable(source.counts);
  const end = Math.floor(source.stream.length * options.share);
  const perEpoch = expectedTokens(source.counts, options.subsample) * options.share;
  let state = (options.seed * 2654435761) >>> 0 || 1;
  let seen = 0;
  let sinceReport = 0;
  let rate = options.learningRate;

  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const seed = options.seed + 7919 * (epoch + 1);
    for (const document of readDocuments(source, seed, options.splitShare, options.subsample, 0, end)) {
      const length = document.length;
      for (let center = 0; center < length; center++) {
        // xorshift32
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        const reach = 1 + ((state >>> 0) % window);
        targets[0] = outputAddress + document[center]! * rowBytes;
        for (let n = 1; n <= negatives; n++) {
          state ^= state << 13;
          state ^= state >>> 17;
          state ^= state << 5;
          targets[n] = outputAddress + table[(state >>> 0) & (negativeTableSize - 1)]! * rowBytes;
        }
        const first = center > reach ? center - reach : 0;
        const last = center + reach < length ? center + reach : length - 1;
        for (let other = first; other <= last; other++) {
          if (other === center) continue;
          update(inputAddress + document[other]! * rowBytes, rate);
        }
      }
      seen += length;
      sinceReport += length;
      rate = options.learningRate * Math.max(1e-3, 1 - seen / (perEpoch * options.epochs));
      if (sinceReport > 500_000) {
        report(seen / (perEpoch * options.epochs));
        sinceReport = 0;
      }
    }
  }
  return input;
}

function fillInitial(input: Float32Array, dimensions: number, seed: number): void {
  const random = seededRandom(seed);
  for (let i = 0; i < input.length; i++) input[i] = (random() - 0.5) / dimensions;
}

/** Piece ids, each as often as its count to the power of .75 asks. */
function negativeTable(counts: Float64Array): Int32Array {
  const powers = counts.map((count) => Math.pow(count, 0.75));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const table = new Int32Array(negativeTableSize);
  let id = 0;
  let reached = powers[0]! / total;
  for (let i = 0; i < table.length; i++) {
    while ((i + 0.5) / table.length > reached && id < counts.length - 1) reached += powers[++id]! / total;
    table[i] = id;
  }
  return table;
}

function expectedTokens(counts: Float64Array, subsample: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => {
    const ratio = (subsample * total) / Math.max(count, 1);
    return sum + count * Math.min(1, Math.sqrt(ratio) + ratio);
  }, 0);
}
