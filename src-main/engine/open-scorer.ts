import type { EncoderManifest, ScorerManifest } from '../contract/pack.ts';
import type { LoadedPack } from '../packs/loaded-pack.ts';
import type { CreateSession } from './runtime/session.ts';
import type { Scorer } from './scoring/scorer.ts';

/** Opens the scorer of a pack. */
export type OpenScorer = (pack: LoadedPack<ScorerManifest>, createSession: CreateSession) => Promise<Scorer>;

/** Opens a scorer of any family that this version can run; its code is loaded then, so that vectors are not kept waiting. */
export const openScorer: OpenScorer = async (pack, createSession) => {
  if (isEncoder(pack)) {
    const { openEncoderScorer } = await import('./scoring/encoder/encoder-scorer.ts');
    return openEncoderScorer(pack, createSession);
  }
  const { openFeatureTreesScorer } = await import('./scoring/feature-trees-scorer.ts');
  return openFeatureTreesScorer(pack, createSession);
};

/** Whether a scorer's pack is of the family `encoder`. */
export function isEncoder(pack: LoadedPack<ScorerManifest>): pack is LoadedPack<EncoderManifest> {
  return pack.manifest.family === 'encoder';
}
