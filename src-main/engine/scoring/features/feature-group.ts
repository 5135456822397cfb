import type { ContextFacts } from '../phrase/context-facts.ts';
import type { Lexicon } from '../phrase/lexicon.ts';
import type { PhraseFacts } from '../phrase/phrase-facts.ts';
import type { PairAlignment } from './pair-alignment.ts';

/** What a row is made of. */
export interface Pair {
  readonly anchor: PhraseFacts;
  readonly target: PhraseFacts;
  readonly context: ContextFacts;
  readonly alignment: PairAlignment;
  readonly lexicon: Lexicon;
}

/** Features that belong together; `write` gives as many numbers as there are names, all finite. */
export interface FeatureGroup {
  readonly names: readonly string[];
  write(pair: Pair, out: Float32Array, at: number): void;
}
