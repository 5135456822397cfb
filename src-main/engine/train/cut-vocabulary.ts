import { z } from 'zod';
import { AppError } from '../../contract/app-error.ts';
import { WordPiece } from '../text/word-piece.ts';

/** The tokens that frame and fill rows, in the order of their ids: BERT's names. */
export const framingTokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] as const;

const tokeniserJson = z.looseObject({
  model: z.looseObject({
    continuing_subword_prefix: z.string(),
    vocab: z.record(z.string(), z.number().int().nonnegative()),
  }),
});

/**
 * The tokenizer.json of a smaller WordPiece vocabulary: the framing tokens, every single character, so that no text falls out, and
 * then the pieces that the texts hold most often. The order of the texts does not count.
 */
export function cutVocabulary(json: unknown, texts: Iterable<string>, size: number): Record<string, unknown> {
  const parsed = tokeniserJson.parse(json);
  const { vocab, continuing_subword_prefix: prefix } = parsed.model;
  const counts = countPieces(new WordPiece(json), vocab, texts);
  const framing: readonly string[] = framingTokens;
  const pieces = Object.keys(vocab).filter((piece) => !framing.includes(piece));
  const isCharacter = (piece: string): boolean =>
    [...(piece.startsWith(prefix) ? piece.slice(prefix.length) : piece)].length === 1;
  const characters = pieces.filter(isCharacter).sort();
  const frequent = pieces
    .filter((piece) => !isCharacter(piece) && counts.has(piece))
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
  return {
    ...parsed,
    model: {
      ...parsed.model,
      unk_token: '[UNK]',
      vocab: Object.fromEntries(kept.map((piece, id) => [piece, id])),
    },
  };
}

function countPieces(
  wordPiece: WordPiece,
  vocab: Readonly<Record<string, number>>,
  texts: Iterable<string>,
): ReadonlyMap<string, number> {
  const pieceOf = new Map(Object.entries(vocab).map(([piece, id]) => [id, piece]));
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const id of wordPiece.encode(text)) {
      const piece = pieceOf.get(id) ?? '';
      counts.set(piece, (counts.get(piece) ?? 0) + 1);
    }
  }
  return counts;
}
