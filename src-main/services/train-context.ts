import type { FileShelf } from './file-shelf.ts';
import type { LookupContext } from './context.ts';
import type { Packs } from './packs.ts';

/** What trainings work with. */
export interface TrainingContext extends LookupContext {
  readonly packs: LookupContext['packs'] & Pick<Packs, 'scorerWithId' | 'list'>;
  readonly dataDir: string;
  /** The tokenizer.json that fresh encoders take their vocabulary from. */
  readonly builtInTokeniser: string;
}

/** What jobs work with. */
export interface JobContext extends TrainingContext {
  readonly files: FileShelf;
  /** The packs with another scorer in use. */
  readonly packsWith: (scorerId: string | undefined) => Packs;
  /** Passwords of queues by address, as they were given since the start. */
  readonly queuePasswords: Map<string, string>;
}
