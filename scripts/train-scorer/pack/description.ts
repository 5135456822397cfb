import type { PackDescription } from '../../packs/write-pack.ts';
import type { ListFit } from '../../../src-main/contract/list-score.ts';
import type { Calibration } from '../../../src-main/engine/scoring/calibrate.ts';
import type { RatingCuts } from '../fit-rating-cuts.ts';

/** A correlation measured on a split. */
export interface Measured {
  readonly pearson: number;
  readonly spearman: number;
  readonly rows: number;
  readonly split: string;
  readonly mode: 'pair' | 'list';
}

/** What is fitted on top of the models' raw output. */
export interface FittedOutput {
  readonly calibration: Calibration;
  readonly ratingCuts: RatingCuts;
  readonly list: ListFit;
}

/** The one command that makes the pack again. */
export const trainCommand = 'node scripts/train-scorer/train.ts DATA .cache/retriever models/scorer-trees-1';

/** The manifest of the pack without its files. */
export function describePack(
  { calibration, ratingCuts, list }: FittedOutput,
  measured: readonly Measured[],
  seed: number,
): PackDescription {
  return {
    format: 1,
    id: 'scorer-trees-1',
    name: 'Built-in scorer: boosted trees',
    version: '1.0.0',
    description:
      'Scores an anchor and a target in a CPC class from word overlap, spelling, word alignment, word relations and ' +
      'static word vectors, with gradient-boosted trees and small networks. Trained on the training split of the Patent Phrase Similarity ' +
      'data set and on random targets and CPC titles that have nothing to do with the anchor; the anchors of the validation split were never trained on. ' +
      'Two phrases that are the same get 1 by rule. The list mode moves pair scores by their rank and the mean of the scores of the same anchor and class.',
    kind: 'scorer',
    family: 'feature-trees',
    modes: ['pair', 'list'],
    inputForm: 'features-1',
    maxLength: 64,
    output: {
      calibration: { raw: [...calibration.raw], score: [...calibration.score] },
      ratingCuts,
    },
    list: { ...list },
    licence: 'Apache-2.0 (model); data licences under provenance',
    provenance: {
      command: trainCommand,
      seed,
      data: [
        {
          name: 'Patent Phrase Similarity data set, training split',
          licence: 'CC BY 4.0',
          source: 'Google, Aslanyan and Wetherbee 2022',
        },
        { name: 'CPC title lists 2022.02', licence: 'public, official titles', source: 'EPO and USPTO' },
        {
          name: 'US patent descriptions and abstracts (word vectors)',
          licence: 'text: US patents; collection: Apache-2.0',
          source: 'api-evangelist/patents-2005 to patents-2016',
        },
        {
          name: 'Open English WordNet (word vectors, lexicon)',
          licence: 'CC BY 4.0 and the Princeton WordNet licence',
          source: 'Open English WordNet',
        },
      ],
    },
    metrics: measured.flatMap(({ pearson, spearman, rows, split, mode }) => {
      const common = { split, mode, rows, command: trainCommand };
      return [
        { name: 'pearson' as const, value: round(pearson), ...common },
        { name: 'spearman' as const, value: round(spearman), ...common },
      ];
    }),
  };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
