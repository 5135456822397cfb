import type { EngineInput, EngineOutput } from '../../contract/engine-calls.ts';
import { runTraining, type TrainingParts } from './run-training.ts';

/** Runs trainings one after the other: each wants all the cores and much of the memory. */
export class TrainingDesk {
  #last: Promise<unknown> = Promise.resolve();

  /** Trains once what was asked for before is over. */
  run(input: EngineInput<'training.run'>, parts: TrainingParts): Promise<EngineOutput<'training.run'>> {
    const run = this.#last.then(() => {
      parts.signal.throwIfAborted();
      return runTraining(input, parts);
    });
    this.#last = run.catch(() => undefined);
    return run;
  }

  /** Resolves when all that was asked for so far is over. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
