import type { RankedPhrase } from '../../../src-main/contract/calls.ts';
import type { Rating } from '../../../src-main/contract/rating.ts';

// phrase, score, similarity, source: `t` the user's targets, `c` competitor terms, else a CPC symbol of a title.
const known: readonly (readonly [string, number, number | null, string])[] = [
  ['pollution abatement', 0.96, 0.91, 't'],
  ['abatement of pollutants', 0.93, 0.88, 'c'],
  ['abating pollution', 0.9, 0.86, 't'],
  ['reduction of pollution', 0.81, 0.79, 't c'],
  ['pollution control', 0.78, 0.82, 't Y02'],
  ['pollution reduction', 0.77, 0.8, 't'],
  ['emission abatement', 0.74, 0.77, 'c'],
  ['abatement', 0.72, 0.74, 't'],
  ['act of abating', 0.69, 0.58, 't'],
  ['preventing environmental pollution', 0.66, 0.76, 'B63J4/00'],
  ['pollution abatement incinerator', 0.61, 0.73, 't'],
  ['source items pollution abatement technology', 0.58, 0.71, 't'],
  ['multi pollution abatement device', 0.57, 0.7, 't'],
  ['Sulfur release abatement', 0.55, 0.62, 'C22B15/0097'],
  ['Noise abatement', 0.54, 0.6, 'F23D2210/00'],
  ['Smell or pollution preventing arrangements', 0.53, 0.64, 'B60H3/0085'],
  ['Avoiding environmental pollution during cement-manufacturing', 0.52, 0.61, 'C04B7/364'],
  ['Arrangements for minimizing pollution by accidents', 0.5, 0.59, 'B63B17/0036 B63B25/082'],
  ['noise reduction', 0.48, 0.44, 't'],
  ['minimising sounds', 0.46, 0.31, 't'],
  ['eliminating process', 0.45, 0.39, 't'],
  ['for absorbing liquids to remove pollution, e.g. oil, gasoline, fat', 0.43, 0.57, 'C09K3/32'],
  ['Preventing or abating fire or explosion, e.g. by purging', 0.41, 0.49, 'F23G2208/10'],
  ['for collecting pollution from open water', 0.39, 0.52, 'B63B35/32'],
  [
    'Arrangements of installations for treating ballast water, waste water, sewage, sludge, or refuse, or for preventing environmental pollution not otherwise provided for',
    0.38,
    0.55,
    'B63J4/00',
  ],
  ['Arrangements for pollution-free discharge', 0.37, 0.5, 'C10B33/003'],
  ['exhaust gas purification', 0.36, 0.42, 'c'],
  ['Avoiding pollution or contamination', 0.35, 0.63, 'F17C2260/044'],
  ['greenhouse gases', 0.31, 0.41, 't'],
  ['sorbent material', 0.29, 0.33, 't'],
  ['active catalyst', 0.27, 0.28, 't'],
  ['measurement level', 0.26, 0.2, 't'],
  ['Containing pollutant, e.g. H2S, Cl', 0.25, 0.46, 'F17C2221/037'],
  ['increased rate', 0.24, 0.22, 't'],
  ['mixing core materials', 0.22, 0.19, 't'],
  ['domestic vacuum cleaner filter', 0.21, 0.24, 'A47L9/10'],
  ['soot particles', 0.19, 0.35, 'c'],
  ['dust separator', 0.18, 0.3, 'c A47L9/16'],
  ['Treatment of water, waste water, sewage, or sludge', 0.16, 0.37, 'C02'],
  ['pollution certificate', 0.11, 0.66, 't'],
  ['water bodies', 0.08, 0.25, 't'],
  ['rent abatement', 0.05, 0.54, 't'],
  ['tax abatement', 0.04, 0.56, 't'],
  ['stone abutments', 0.03, 0.34, 't'],
  ['forest region', 0.02, 0.16, 't'],
  ['アルミニウム表面処理', 0.02, null, 'c'],
];

/** The rating of a score with the cuts half-way between the steps. */
export function ratingOf(score: number): Rating {
  return Math.min(4, Math.max(0, Math.round(score * 4))) as Rating;
}

function source(code: string): RankedPhrase['sources'][number] {
  if (code === 't') return { libraryId: 2, library: 'Labelled targets', symbol: null };
  if (code === 'c') return { libraryId: 3, library: 'Competitor claim terms', symbol: null };
  return { libraryId: 1, library: 'CPC titles', symbol: code };
}

/** So many scored phrases: the known ones first, then made-up ones of falling score. */
export function scoredPhrases(count: number): readonly RankedPhrase[] {
  return Array.from({ length: count }, (_, index) => {
    const [phrase, score, similarity, sources] = known[index] ?? [
      `${known[index % known.length]![0]} (variant ${Math.floor(index / known.length)})`,
      Math.max(0, 0.34 - index / 1500),
      0.4 - index / 1500,
      't',
    ];
    return {
      phraseId: index + 1,
      phrase,
      similarity,
      score,
      rating: ratingOf(score),
      relation: null,
      sources: sources.split(' ').map(source),
    };
  });
}
