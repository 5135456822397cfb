import type { FileShelf } from './file-shelf.ts';
import type { Packs } from './packs.ts';
import type { TrainingContext } from './train-context.ts';

/** What jobs work with. */
export interface JobContext extends TrainingContext {
  readonly files: FileShelf;
  /** The packs with another scorer in use. */
  readonly packsWith: (scorerId: string | undefined) => Packs;
  /** Passwords of queues by address, as they were given since the start. */
  readonly queuePasswords: Map<string, string>;
}
