import { readFileSync } from 'node:fs';
import { writeSafetensors, readSafetensors } from '../../packs/safetensors.ts';
import { WordPiece } from '../../../src-main/engine/text/word-piece.ts';
import { relatedTexts } from '../contrast/pairs.ts';
import { trainContrast } from '../contrast/train-contrast.ts';
import { joinRows } from '../linear/join.ts';
import { centreAndReduce, type Rows } from '../linear/reduce.ts';
import { inverseFrequencyWeights, type TokenModel } from '../phrase-vectors.ts';
import { gaussian, seededRandom } from '../random.ts';
import { settings } from '../settings.ts';
import { paddingPiece } from '../vocabulary/choose-vocabulary.ts';
import type { Cache } from './cache.ts';
import { readCountedWords } from './count-words.ts';

/** Stage 4: joins the skip-gram models, draws related texts together and keeps the strongest directions. */
export function relateVectors(data: string, cache: Cache): string {
  const tokenizer = new WordPiece(JSON.parse(cache.text('tokenizer.json')));
  const trained = new Float64Array(cache.shared('counts.bin'));
  const weight = tokenWeights(tokenizer, trained, cache);
  const spread = Float64Array.from(trained, (count, id) => Math.sqrt(count * weight[id]!));
  const { dimensions, ...options } = settings.contrast;

  const models = settings.skipGram.windows.map((_, index): Rows => {
    const vectors = new Float32Array(cache.shared(`skip-gram-${index + 1}.bin`));
    return { count: trained.length, dimensions: settings.skipGram.dimensions, data: vectors };
  });
  const joined = centreAndReduce(joinRows(models), spread, dimensions);
  fillUntrained(joined, trained);
  const model: TokenModel = { dimensions, embedding: joined.data, weight };
  trainContrast(model, tokenizer, relatedTexts(data), options, (step, loss) => {
    console.log(`  step ${step}: loss ${loss.toFixed(4)}`);
  });
  const reduced = centreAndReduce({ ...joined, data: model.embedding }, spread, settings.dimensions);
  fillUntrained(reduced, trained);
  cache.write('zero-shot.safetensors', zeroShotFile({ ...reduced, embedding: reduced.data, weight }));
  return `${reduced.count} vectors of ${reduced.dimensions} dimensions`;
}

/** Smooth inverse frequency over all pieces, punctuation included; padding weighs nothing. */
function tokenWeights(tokenizer: WordPiece, trained: Float64Array, cache: Cache): Float32Array {
  const { words, counts } = readCountedWords(cache);
  const seen = Float64Array.from(trained);
  words.forEach((word, index) => {
    const ids = tokenizer.pieces(word);
    if (ids.length === 1 && trained[ids[0]!] === 0) seen[ids[0]!]! += counts[index]!;
  });
  const weight = inverseFrequencyWeights(seen, settings.inverseFrequency);
  weight[tokenizer.pieces(paddingPiece)[0]!] = 0;
  return weight;
}

/** Pieces that the corpus never showed get a short random direction of their own, so that none is without a vector. */
function fillUntrained({ count, dimensions, data }: Rows, trained: Float64Array): void {
  const random = seededRandom(settings.seed);
  const norms = Array.from({ length: count }, (_, row) =>
    Math.hypot(...data.subarray(row * dimensions, (row + 1) * dimensions)),
  ).filter((_, row) => trained[row]! > 0);
  const typical = norms.sort((a, b) => a - b)[norms.length >> 1] ?? 1;
  for (let row = 0; row < count; row++) {
    if (trained[row]! > 0) continue;
    for (let k = 0; k < dimensions; k++) {
      data[row * dimensions + k] = (0.1 * typical * gaussian(random)) / Math.sqrt(dimensions);
    }
  }
}

function zeroShotFile({ dimensions, embedding, weight }: TokenModel): Uint8Array {
  return writeSafetensors(
    {
      embedding: { shape: [weight.length, dimensions], data: embedding },
      weight: { shape: [weight.length], data: weight },
    },
    { stage: 'zero-shot' },
  );
}

/** What stage 4 left: the model before any labelled phrase was seen. */
export function readZeroShot(cache: Cache): TokenModel {
  const { embedding, weight } = readSafetensors(readFileSync(cache.path('zero-shot.safetensors')));
  if (embedding === undefined || weight === undefined)
    throw new Error('zero-shot.safetensors lacks a tensor; run stage 4.');
  return { dimensions: embedding.shape[1]!, embedding: embedding.data, weight: weight.data };
}
