import type { BoundSessionOptions } from '../runtime/create-bound-session.ts';
import type { Example } from './batches/example.ts';
import type { EpochReport } from './checkpoints/progress.ts';
import type { WriteBytes } from './checkpoints/sealed-folder.ts';
import type { ParameterMemory } from './memory/parameter-memory.ts';
import type { TrainableModel } from './model.ts';
import type { TrainingRecipe } from './recipe.ts';

/** What to train, on what, and how. */
export interface TrainRequest {
  readonly model: TrainableModel;
  readonly training: readonly Example[];
  /** Rows that are never trained on; empty for none: then the last epoch is the best. */
  readonly holdOut: readonly Example[];
  readonly recipe: TrainingRecipe;
  /** The id of the padding token. */
  readonly padding: number;
  /** A hash of the rows: a checkpoint is only taken up with the same ones. */
  readonly dataHash: string;
  readonly checkpoints: CheckpointSettings | null;
  readonly runtime?: BoundSessionOptions;
}

/** Where and how often a run is saved; it always is at the end of an epoch, and when it is cancelled. */
export interface CheckpointSettings {
  readonly folder: string;
  readonly everySeconds?: number;
  readonly everySteps?: number;
  readonly write?: WriteBytes;
}

/** What a run tells while it goes on. */
export type TrainEvent =
  | {
      readonly kind: 'step';
      readonly epoch: number;
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly rowsPerSecond: number;
      readonly secondsLeft: number;
    }
  | ({ readonly kind: 'epoch' } & EpochReport)
  | { readonly kind: 'resumed'; readonly step: number }
  | { readonly kind: 'saved'; readonly step: number };

/** What to do while a run goes on. */
export interface TrainControl {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TrainEvent) => void;
}

/** The outcome of a run: the memory holds the weights of the best epoch. */
export interface TrainOutcome {
  readonly history: readonly EpochReport[];
  /** The best epoch, counted from 1. */
  readonly bestEpoch: number;
  readonly memory: ParameterMemory;
  /** What the best weights give for the rows held out, in their order: raw outputs. */
  readonly holdOutLogits: Float32Array;
}
