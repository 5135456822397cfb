import { z } from 'zod';
import { AppError } from '../../contract/app-error.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { WordPiece } from '../text/word-piece.ts';

/** The tokens that frame and fill rows, in the order of their ids: BERT's names. */
export const framingTokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] as const;

const tokeniserJson = z.looseObject({
  model: z.looseObject({
    continuing_subword_prefix: z.string(),
    // WordPiece checks every piece; twice would take a noticeable part of a second.
    vocab: z.custom<Readonly<Record<string, number>>>((value) => typeof value === 'object' && value !== null),
  }),
});

const textsAtOnce = 100;

/**
 * The tokenizer.json of a smaller WordPiece vocabulary: the framing tokens, every single character, so that no text falls out, and
 * then the pieces that the texts hold most often. The order of the texts does not count.
 */
export async function cutVocabulary(
  json: unknown,
  texts: Iterable<string>,
  size: number,
  checkpoint: Checkpoint,
): Promise<Record<string, unknown>> {
  const parsed = tokeniserJson.parse(json);
  const { vocab, continuing_subword_prefix: prefix } = parsed.model;
  const wordPiece = new WordPiece(json);
  await checkpoint();
  const counts = await countPieces(wordPiece, vocab, texts, checkpoint);
  const framing: readonly string[] = framingTokens;
  const pieces = Object.keys(vocab).filter((piece) => !framing.includes(piece));
  const isCharacter = (piece: string): boolean => {
    const start = piece.startsWith(prefix) ? prefix.length : 0;
    return piece.length === start + String.fromCodePoint(piece.codePointAt(start) ?? 0).length;
  };
  const characters = pieces.filter(isCharacter).sort();
  const frequent = pieces
    .filter((piece) => counts.has(piece) && !isCharacter(piece))
    .sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
  const least = framing.length + characters.length;
  if (size < least) {
    throw new AppError(
      'bad-input',
      `encoder.tokeniser.vocabulary: found ${size}, expected ${least} or more, as every single character has its piece.`,
      { found: size, expected: least },
    );
  }
  const kept = [...framing, ...characters, ...frequent].slice(0, size);
  const model = {
    ...parsed.model,
    unk_token: '[UNK]',
    vocab: Object.fromEntries(kept.map((piece, id) => [piece, id])),
  };
  return { ...parsed, model };
}

async function countPieces(
  wordPiece: WordPiece,
  vocab: Readonly<Record<string, number>>,
  texts: Iterable<string>,
  checkpoint: Checkpoint,
): Promise<ReadonlyMap<string, number>> {
  const pieceOf = new Map(Object.entries(vocab).map(([piece, id]) => [id, piece]));
  const counts = new Map<string, number>();
  let seen = 0;
  for (const text of texts) {
    if (seen++ % textsAtOnce === 0) await checkpoint();
    for (const id of wordPiece.encode(text)) {
      const piece = pieceOf.get(id) ?? '';
      counts.set(piece, (counts.get(piece) ?? 0) + 1);
    }
  }
  return counts;
}
