import { AppError } from '../contract/app-error.ts';
import type { ScorerManifest } from '../contract/pack.ts';
import type { LoadedPack } from '../packs/loaded-pack.ts';
import type { CreateSession } from './runtime/session.ts';
import type { Scorer } from './scoring/scorer.ts';

/** Opens the scorer of a pack. */
export type OpenScorer = (pack: LoadedPack<ScorerManifest>, createSession: CreateSession) => Promise<Scorer>;

/** Opens a scorer of any family that this version can run; its code is loaded then, so that vectors are not kept waiting. */
export const openScorer: OpenScorer = async (pack, createSession) => {
  const { family, id } = pack.manifest;
  switch (family) {
    case 'feature-trees': {
      const { openFeatureTreesScorer } = await import('./scoring/feature-trees-scorer.ts');
      return openFeatureTreesScorer(pack, createSession);
    }
    case 'encoder':
      throw new AppError(
        'pack-invalid',
        `The scorer ${id} is an encoder, which this version cannot run yet; expected feature-trees. Choose the built-in scorer.`,
        { found: family, expected: 'feature-trees' },
      );
  }
};
