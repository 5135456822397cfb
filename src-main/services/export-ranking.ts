import type { ExportSource } from '../contract/export-calls.ts';
import { ratingWords } from '../contract/rating.ts';
import { readPhrases } from '../store/tables/phrase.ts';
import { phraseSources, type PhraseSource } from '../store/tables/source.ts';
import { findRetriever } from '../store/vectors/retriever.ts';
import { similarities } from '../store/vectors/similarity.ts';
import type { LookupContext } from './context.ts';
import type { ExportRow, ExportTable } from './export-table.ts';
import { typedPhrase } from './rank-anchor.ts';
import { scoreRanked } from './rank-score.ts';
import { anchorVector } from './rank-vector.ts';

type Ranking = Extract<ExportSource, { of: 'ranking' }>;

/** Ranked phrases of a lookup in the order given, with what the screen shows of each; the cache knows their scores. */
export async function exportRanking(context: LookupContext, ranking: Ranking): Promise<ExportTable> {
  const { anchor, context: symbol } = ranking;
  const phraseIds = [...new Set(ranking.phraseIds)];
  const { results } = await scoreRanked(context, { anchor, context: symbol, phraseIds });
  const similar = await similarityOf(context, typedPhrase(anchor, 'anchor').key, phraseIds);
  const phrases = readPhrases(context.store, phraseIds);
  const sources = phraseSources(context.store, phraseIds);
  const rows = results.map(({ phraseId, score, rating, relation }, at): ExportRow => {
    const similarity = similar.get(phraseId) ?? null;
    return [
      at + 1,
      phrases.get(phraseId)?.display ?? null,
      Number(score.toFixed(6)),
      ratingWords[rating],
      relation,
      similarity === null ? null : Number(similarity.toFixed(6)),
      (sources.get(phraseId) ?? []).map(sourceWords).join('; '),
    ];
  });
  return {
    header: ['rank', 'phrase', 'score', 'rating', 'relation', 'similarity', 'sources'],
    total: rows.length,
    async *pieces() {
      yield rows;
    },
  };
}

function sourceWords({ library, symbol }: PhraseSource): string {
  return symbol === null ? library : `${library} ${symbol}`;
}

async function similarityOf(
  context: LookupContext,
  key: string,
  phraseIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { hash } = await context.packs.retriever();
  const retriever = findRetriever(context.store, hash);
  if (retriever === null || retriever.embeddedTo === 0) return new Map();
  const vector = await anchorVector(context, retriever, key);
  const found = similarities(context.store, retriever.id, vector, phraseIds);
  return new Map(found.map(({ id, similarity }) => [id, Math.max(-1, Math.min(1, similarity))]));
}
