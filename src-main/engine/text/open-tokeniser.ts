import { z } from 'zod';
import type { LoadedPack } from '../../packs/loaded-pack.ts';
import { packError } from '../../packs/pack-error.ts';
import { readPackJson, readPackJsonIfListed } from './read-pack-json.ts';
import type { Tokeniser } from './tokeniser.ts';
import { WordPiece } from './word-piece.ts';

const tokeniserFile = 'tokenizer.json';
const configFile = 'tokenizer_config.json';

const model = z.object({
  model: z.object({
    type: z.enum(['WordPiece', 'BPE', 'Unigram']),
    unk_token: z.string().nullish(),
    unk_id: z.number().int().nonnegative().nullish(),
    vocab: z.union([z.record(z.string(), z.number()), z.array(z.unknown())]),
  }),
});

/** The tokeniser of a pack: our own where it is a plain lower-casing WordPiece, else that of Hugging Face. */
export async function openTokeniser(pack: LoadedPack): Promise<Tokeniser> {
  const json = await readPackJson(pack, tokeniserFile);
  try {
    const unknown = unknownId(json);
    return neverEmpty(wordPiece(json) ?? (await generalTokeniser(json, pack)), unknown);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const expected = 'a tokeniser that this version can run';
    throw packError(
      { code: 'pack-invalid', dir: pack.dir, file: tokeniserFile, found, expected },
      { cause: error },
    );
  }
}

function wordPiece(json: unknown): Tokeniser | null {
  try {
    return new WordPiece(json);
  } catch {
    return null;
  }
}

/** The tokenisers of transformers.js: pure computation, nothing in their package can reach a network. */
async function generalTokeniser(json: unknown, pack: LoadedPack): Promise<Tokeniser> {
  const config = (await readPackJsonIfListed(pack, configFile)) ?? {};
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const tokenizer = new Tokenizer(json as object, config as object);
  return { encode: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids };
}

/** Some texts leave no piece, such as a lone accent; they stand as one unknown piece. */
function neverEmpty(tokeniser: Tokeniser, unknown: number): Tokeniser {
  const rest = [unknown];
  return {
    encode(text) {
      const ids = tokeniser.encode(text);
      return ids.length > 0 || text === '' ? ids : rest;
    },
  };
}

function unknownId(json: unknown): number {
  const { unk_id, unk_token, vocab } = model.parse(json).model;
  const inVocabulary = typeof unk_token === 'string' && !Array.isArray(vocab) ? vocab[unk_token] : undefined;
  return unk_id ?? inVocabulary ?? 0;
}
