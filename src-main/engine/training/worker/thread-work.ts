import type { AppErrorShape } from '../../../contract/app-error.ts';
import type { EngineInput, EngineOutput } from '../../../contract/engine-calls.ts';
import type { TrainingState } from '../../../contract/recipe.ts';
import type { TrainEvent } from '../train-request.ts';
import type { TrainingJob, TrainingReport } from './training-job.ts';

/** What the training thread can be asked to do, what it tells meanwhile, and what it gives. */
export interface ThreadWork {
  /** A run of which all parts are ready. */
  readonly job: { readonly asked: TrainingJob; readonly told: TrainEvent; readonly given: TrainingReport };
  /** A training from a user's recipe and rows on. */
  readonly recipe: {
    readonly asked: EngineInput<'training.run'>;
    readonly told: TrainingState;
    readonly given: EngineOutput<'training.run'>;
  };
}

/** The data that the thread is started with. */
export type ThreadOrder = {
  readonly [K in keyof ThreadWork]: { readonly work: K; readonly asked: ThreadWork[K]['asked'] };
}[keyof ThreadWork];

/** What the thread says; `told` and `given` are those of its order. */
export type FromThread =
  | { readonly kind: 'told'; readonly told: unknown }
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'done'; readonly given: unknown }
  | { readonly kind: 'failed'; readonly error: AppErrorShape; readonly trace: string };

/** What the thread is told. */
export type ToThread = 'cancel';
