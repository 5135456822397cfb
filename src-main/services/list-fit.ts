import { AppError } from '../contract/app-error.ts';
import { listFitOf, type ListFit } from '../contract/list-score.ts';
import type { ScorerManifest } from '../contract/pack.ts';
import type { LoadedPack } from '../packs/loaded-pack.ts';

/** How a scorer makes list scores of pair scores; throws `bad-input` where its pack does not say. */
export function requireListFit({ manifest }: LoadedPack<ScorerManifest>): ListFit {
  const fit = listFitOf(manifest);
  if (fit !== null) return fit;
  throw new AppError(
    'bad-input',
    `The scorer ${manifest.id} has no list mode: its pack was made without one. Score in mode pair, or choose another scorer.`,
    { scorer: manifest.id, mode: 'list' },
  );
}
