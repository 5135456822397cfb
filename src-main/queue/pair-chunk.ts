import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../contract/app-error.ts';
import { maxPhraseLength } from '../contract/phrase.ts';

const key = z
  .string()
  .min(1)
  .max(20 * maxPhraseLength);

/** The most pairs in a chunk: some seconds of work, so that a worker that dies costs no more. */
export const mostPairs = 5000;

/** Pairs to score in one piece; `context` holds for each pair the place of its context. */
export const pairChunk = z.strictObject({
  anchors: z.array(key).min(1).max(mostPairs),
  targets: z.array(key).min(1).max(mostPairs),
  contexts: z
    .array(z.strictObject({ symbol: z.string().max(100), text: z.string().max(10_000) }))
    .min(1)
    .max(mostPairs),
  context: z.array(z.number().int().nonnegative()).min(1).max(mostPairs),
});

export type PairChunk = z.output<typeof pairChunk>;

/** What names a chunk: the same pairs have the same name, so that adding them again adds nothing. */
export function chunkName(chunk: PairChunk): string {
  return createHash('sha256').update(JSON.stringify(chunk)).digest('hex');
}

/** A chunk that came from the queue, checked; throws `bad-input`. */
export function readChunk(data: unknown): PairChunk {
  const { success, data: chunk, error } = pairChunk.safeParse(data);
  const rows = chunk?.anchors.length;
  const whole =
    success &&
    chunk.targets.length === rows &&
    chunk.context.length === rows &&
    chunk.context.every((at) => at < chunk.contexts.length);
  if (whole) return chunk;
  const why = error?.issues[0]?.message ?? 'its lists differ in length';
  throw new AppError('bad-input', `The queue gave something that is no chunk of pairs (${why}).`);
}

/** Scores as they travel: base64 of float32, little endian. */
export function encodeScores(scores: Float32Array): string {
  const bytes = Buffer.alloc(scores.length * 4);
  scores.forEach((score, at) => bytes.writeFloatLE(score, at * 4));
  return bytes.toString('base64');
}

/** Scores out of what a worker answered: so many, each in [0, 1]; throws `engine-failed`. */
export function decodeScores(answer: unknown, rows: number): Float32Array {
  const bytes = typeof answer === 'string' ? Buffer.from(answer, 'base64') : Buffer.alloc(0);
  const scores = Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) =>
    bytes.readFloatLE(at * 4),
  );
  if (bytes.length === rows * 4 && scores.every((score) => score >= 0 && score <= 1)) return scores;
  throw new AppError(
    'engine-failed',
    `A worker answered with something that is not ${rows} scores between 0 and 1. ` +
      'Check that every worker runs this version of Priorphrase.',
  );
}
