import type { EngineInput, EngineOutput } from '../../contract/engine-calls.ts';
import type { TrainingState } from '../../contract/recipe.ts';
import { startTraining } from '../training/worker/start-training.ts';

/** What a training needs besides its input. */
export interface DeskLine {
  /** The file of the thread that trains. */
  readonly threadEntry: URL;
  readonly signal: AbortSignal;
  readonly tell: (state: TrainingState) => void;
  readonly log: (text: string) => void;
}

/** Runs trainings one after the other, each in a thread: each wants all the cores and much of the memory. */
export class TrainingDesk {
  #last: Promise<unknown> = Promise.resolve();

  /** Trains once what was asked for before is over. */
  run(
    input: EngineInput<'training.run'>,
    { threadEntry, signal, tell, log }: DeskLine,
  ): Promise<EngineOutput<'training.run'>> {
    const run = this.#last.then(() => {
      signal.throwIfAborted();
      return startTraining(threadEntry, 'recipe', input, { signal, onTold: tell, log });
    });
    this.#last = run.catch(() => undefined);
    return run;
  }

  /** Resolves when all that was asked for so far is over. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
