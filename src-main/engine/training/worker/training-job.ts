import type { PoolingName } from '../../architectures/heads/linear-logit.ts';
import type { BoundSessionOptions } from '../../runtime/create-bound-session.ts';
import type { PackedExamples } from '../batches/packed-examples.ts';
import type { EpochReport } from '../checkpoints/progress.ts';
import type { TrainingRecipe } from '../recipe.ts';
import type { CheckpointSettings } from '../train-request.ts';

/** The model that training starts from. */
export interface ModelSource {
  /** The contents of its config.json. */
  readonly config: unknown;
  /** The path of its model.safetensors, or of the index of its shards; null: fresh weights. */
  readonly weights: string | null;
  /** The seed of fresh weights: of the whole model, or of the head that the file does not have. */
  readonly seed: number;
  readonly pooling: PoolingName;
  readonly headDropout: number;
}

/** A run of which all parts are ready: plain data, so that a thread can be sent it. */
export interface TrainingJob {
  readonly model: ModelSource;
  readonly training: PackedExamples;
  readonly holdOut: PackedExamples;
  readonly recipe: TrainingRecipe;
  readonly padding: number;
  readonly dataHash: string;
  readonly checkpoints: Omit<CheckpointSettings, 'write'> | null;
  readonly runtime: BoundSessionOptions;
  /** The folder for the trained weights, `model.safetensors` and `onnx/model.onnx`; null to leave them. */
  readonly outputFolder: string | null;
}

/** What a run leaves, besides the files. */
export interface TrainingReport {
  readonly history: readonly EpochReport[];
  readonly bestEpoch: number;
  /** What the trained model gives for the rows held out, in their order: raw outputs. */
  readonly holdOutLogits: Float32Array;
  /** The files written, relative to the output folder. */
  readonly files: readonly string[];
}
