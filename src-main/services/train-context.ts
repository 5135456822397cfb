import type { LookupContext } from './context.ts';
import type { Packs } from './packs.ts';

/** What trainings work with. */
export interface TrainingContext extends LookupContext {
  readonly packs: LookupContext['packs'] & Pick<Packs, 'scorerWithId' | 'list'>;
  readonly dataDir: string;
  /** The tokenizer.json that fresh encoders take their vocabulary from. */
  readonly builtInTokeniser: string;
}
