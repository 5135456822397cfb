import { z } from 'zod';
import type { EncoderManifest } from '../../../contract/pack.ts';
import type { LoadedPack } from '../../../packs/loaded-pack.ts';
import { packError } from '../../../packs/pack-error.ts';
import { readPackJsonIfListed } from '../../text/read-pack-json.ts';

const file = 'config.json';
const config = z.object({
  model_type: z.string().catch(''),
  max_position_embeddings: z.number().int().positive(),
  pad_token_id: z.number().int().nonnegative().nullish().catch(null),
  position_biased_input: z.boolean().catch(true),
});

/** Refuses a pack whose longest input has more tokens than its model has positions, where config.json says how many those are. */
export async function checkPositions(pack: LoadedPack<EncoderManifest>): Promise<void> {
  const { data } = config.safeParse(await readPackJsonIfListed(pack, file));
  if (data === undefined) return;
  // DeBERTa counts distances, which have no end, unless it adds positions to the tokens besides.
  if (data.model_type.startsWith('deberta') && !data.position_biased_input) return;
  // RoBERTa counts positions from behind the padding token's number on.
  const first = /roberta|camembert/.test(data.model_type) ? (data.pad_token_id ?? 1) + 1 : 0;
  const positions = data.max_position_embeddings - first;
  if (pack.manifest.maxLength <= positions) return;
  throw packError({
    code: 'pack-invalid',
    dir: pack.dir,
    file: 'pack.json',
    found: `maxLength ${pack.manifest.maxLength}`,
    expected: `at most the ${positions} positions of the model (${file})`,
  });
}
