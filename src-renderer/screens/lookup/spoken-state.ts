import { ratingWords } from '../../../src-main/contract/rating.ts';
import type { Ranking, Scoring } from '../../state/lookup.svelte.ts';
import type { Remote } from '../../state/remote.ts';

/** What a screen reader is told as a query goes through its stages; null where nothing is worth saying. */
export function spokenState(retrieval: Remote<Ranking>, scoring: Remote<Scoring>): string | null {
  if (retrieval.status === 'loading') return 'Searching';
  if (retrieval.status === 'failed') return `The search failed. ${retrieval.error.message}`;
  if (retrieval.status !== 'ready') return null;
  const { results } = retrieval.value;
  const found = results.length === 1 ? '1 phrase found' : `${results.length} phrases found`;
  if (results.length === 0) return 'No phrases found';
  if (scoring.status === 'failed') return `${found}, but not scored. ${scoring.error.message}`;
  if (scoring.status !== 'ready') return `${found}. Scoring`;
  const best = results[0]!;
  const words = best.rating === null ? '' : `, ${ratingWords[best.rating]}`;
  return `${found} and scored. The best is ${best.phrase}, ${(best.score ?? 0).toFixed(2)}${words}`;
}
