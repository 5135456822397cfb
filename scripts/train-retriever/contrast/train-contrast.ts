import { splitWords } from '../../../src-main/engine/text/split-words.ts';
import type { WordPiece } from '../../../src-main/engine/text/word-piece.ts';
import type { TokenModel } from '../phrase-vectors.ts';
import { seededRandom, type Random } from '../random.ts';
import { infoNce } from './info-nce.ts';
import { pairShares, type PairKind, type TextPair } from './pairs.ts';

/** How the vectors are drawn together. */
export interface ContrastOptions {
  readonly seed: number;
  readonly steps: number;
  readonly batch: number;
  readonly temperature: number;
  readonly learningRate: number;
  readonly splitShare: number;
}

/** Changes the model's vectors in place by InfoNCE on related texts, with Adagrad on the rows that a batch touches. */
export function trainContrast(
  model: TokenModel,
  tokenizer: WordPiece,
  pairs: Readonly<Record<PairKind, readonly TextPair[]>>,
  options: ContrastOptions,
  report: (step: number, loss: number) => void,
): void {
  const { embedding, dimensions } = model;
  const random = seededRandom(options.seed);
  const squares = new Float32Array(embedding.length / dimensions);
  let smoothed = 0;
  for (let step = 0; step < options.steps; step++) {
    const drawn = drawPairs(pairs, options.batch, random);
    const batch = {
      first: drawn.map(([text]) => encode(text, tokenizer, options.splitShare, random)),
      second: drawn.map(([, text]) => encode(text, tokenizer, options.splitShare, random)),
    };
    const { loss, gradients } = infoNce(model, batch, options.temperature);
    const rate = options.learningRate * (1 - step / options.steps);
    for (const [id, gradient] of gradients) {
      let square = 0;
      for (let k = 0; k < dimensions; k++) square += gradient[k]! ** 2;
      squares[id]! += square / dimensions;
      const scale = rate / (Math.sqrt(squares[id]!) + 1e-10);
      for (let k = 0; k < dimensions; k++) embedding[id * dimensions + k]! -= scale * gradient[k]!;
    }
    smoothed = step === 0 ? loss : 0.99 * smoothed + 0.01 * loss;
    if ((step + 1) % 200 === 0) report(step + 1, smoothed);
  }
}

function drawPairs(
  pairs: Readonly<Record<PairKind, readonly TextPair[]>>,
  size: number,
  random: Random,
): TextPair[] {
  const kinds = Object.entries(pairShares) as [PairKind, number][];
  return Array.from({ length: size }, () => {
    let point = random();
    const kind = kinds.find(([, share]) => (point -= share) < 0)?.[0] ?? 'synonym';
    return pairs[kind][Math.floor(random() * pairs[kind].length)]!;
  });
}

/** A text's token ids with a share of its words read as sub-words. */
function encode(text: string, tokenizer: WordPiece, splitShare: number, random: Random): number[] {
  return splitWords(text).flatMap((word) =>
    random() < splitShare ? tokenizer.partsOf(word) : tokenizer.pieces(word),
  );
}
