import { z } from 'zod';
import { jsonOf, type ModelFiles } from './tokeniser-files.ts';

const tokeniserJson = z.object({
  added_tokens: z.array(z.object({ id: z.number().int().nonnegative() })).default([]),
  model: z.object({
    /** WordPiece and BPE name ids; Unigram lists pieces with their scores. */
    vocab: z.union([z.record(z.string(), z.number().int().nonnegative()), z.array(z.unknown())]),
  }),
});

/** The number of rows that a table of token vectors needs: one more than the highest id of tokenizer.json. */
export function vocabularySize(files: ModelFiles): number {
  const { added_tokens: added, model } = tokeniserJson.parse(jsonOf(files, 'tokenizer.json'));
  let highest = Array.isArray(model.vocab) ? model.vocab.length - 1 : 0;
  if (!Array.isArray(model.vocab))
    for (const id of Object.values(model.vocab)) highest = Math.max(highest, id);
  for (const { id } of added) highest = Math.max(highest, id);
  return highest + 1;
}
