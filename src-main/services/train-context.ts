import type { FileShelf } from './file-shelf.ts';
import type { LookupContext } from './context.ts';
import type { Packs } from './packs.ts';

/** What trainings work with. */
export interface TrainingContext extends LookupContext {
  readonly packs: LookupContext['packs'] & Pick<Packs, 'scorerWithId' | 'list'>;
  readonly dataDir: string;
  /** The tokenizer.json that fresh encoders take their vocabulary from. */
  readonly builtInTokeniser: string;
  readonly windDown: WindDown;
}

/** What jobs work with. */
export interface JobContext extends TrainingContext {
  readonly files: FileShelf;
  /** The packs with another scorer in use. */
  readonly packsWith: (scorerId: string | undefined) => Packs;
}

/** Cancelled trainings that the engine is still bringing to a good end. */
export class WindDown {
  readonly #going = new Set<Promise<unknown>>();

  /** Notes one; its failure is nobody's. */
  add(end: Promise<unknown>): void {
    const going: Promise<unknown> = end.catch(() => undefined).finally(() => this.#going.delete(going));
    this.#going.add(going);
  }

  /** Resolves when all of them have ended, or after so many milliseconds. */
  async settled(mostMs: number): Promise<void> {
    const { promise: tooLong, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, mostMs);
    await Promise.race([Promise.all(this.#going), tooLong]);
    clearTimeout(timer);
  }
}
