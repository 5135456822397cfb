import { alignmentFeatures } from './features/alignment-features.ts';
import { contextFeatures } from './features/context-features.ts';
import type { FeatureGroup } from './features/feature-group.ts';
import { oppositeFeatures } from './features/opposite-features.ts';
import { alignPair } from './features/pair-alignment.ts';
import { relationFeatures } from './features/relation-features.ts';
import { remainderFeatures } from './features/remainder-features.ts';
import { sizeFeatures } from './features/size-features.ts';
import { spellingFeatures } from './features/spelling-features.ts';
import { vectorFeatures } from './features/vector-features.ts';
import { wordOverlapFeatures } from './features/word-overlap-features.ts';
import type { ContextFacts } from './phrase/context-facts.ts';
import type { Lexicon } from './phrase/lexicon.ts';
import type { PhraseFacts } from './phrase/phrase-facts.ts';

/** The feature groups of the input form `features-1`, in the order of the columns. */
export const featureGroups: Readonly<Record<string, FeatureGroup>> = {
  size: sizeFeatures,
  'word overlap': wordOverlapFeatures,
  spelling: spellingFeatures,
  opposites: oppositeFeatures,
  vectors: vectorFeatures,
  alignment: alignmentFeatures,
  remainder: remainderFeatures,
  relations: relationFeatures,
  context: contextFeatures,
};

const groups = Object.values(featureGroups);

/** The names of the features, in the order of the columns. */
export const featureNames: readonly string[] = groups.flatMap((group) => group.names);

/** Writes the features of one row into `out` from `at` on: as many finite numbers as `featureNames` has entries. */
export function writeFeatures(
  anchor: PhraseFacts,
  target: PhraseFacts,
  context: ContextFacts,
  lexicon: Lexicon,
  out: Float32Array,
  at: number,
): void {
  const pair = { anchor, target, context, alignment: alignPair(anchor, target), lexicon };
  let column = at;
  for (const group of groups) {
    group.write(pair, out, column);
    column += group.names.length;
  }
}
