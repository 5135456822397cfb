import { writeOnnx } from '../../onnx/write-onnx.ts';
import {
  createBoundSession,
  type BoundSession,
  type BoundSessionOptions,
} from '../../runtime/create-bound-session.ts';
import type { NamedTensors, TensorData } from '../../runtime/session.ts';
import type { BatchTensors } from '../batches/fill-batch.ts';
import type { Loss } from '../losses/loss.ts';
import { ParameterMemory } from '../memory/parameter-memory.ts';
import type { TrainableModel } from '../model.ts';
import { maskStateArea, maskStateBytes, MaskSource } from '../random/mask-source.ts';
import { bindShape, countOf, type RunSizes } from './bind-shape.ts';
import { GradientRows } from './gradient-rows.ts';
import { graphFor } from './graph-for-device.ts';
import { buildScoringGraph, buildTrainingGraph, type TrainingGraph } from './training-graph.ts';

/** What a session is made of. */
export interface TrainingSessionRequest {
  readonly model: TrainableModel;
  readonly loss: Loss;
  /** The names of the parameters that are trained. */
  readonly trained: ReadonlySet<string>;
  /** The most rows of a run, and the longest padded length. */
  readonly largest: RunSizes;
  /** Whether steps have several runs. */
  readonly accumulates: boolean;
  readonly seed: number;
  /** The graph of model, loss and trained parameters, where it is built already. */
  readonly graph?: TrainingGraph;
  readonly runtime?: BoundSessionOptions;
}

const maskArea = (name: string): string => `mask ${name}`;

/** A model in memory with the means to compute losses, gradients and predictions on it. Close it to free ONNX Runtime's memory. */
export class TrainingSession {
  readonly memory: ParameterMemory;
  readonly masks: MaskSource;
  readonly #request: TrainingSessionRequest;
  readonly #session: BoundSession;
  readonly #parameters: NamedTensors;
  readonly #gradients: NamedTensors;
  readonly #rows: GradientRows;
  readonly #loss: TensorData = { type: 'float32', data: new Float32Array(1), shape: [1] };
  #scoring: Promise<BoundSession> | null = null;

  private constructor(
    request: TrainingSessionRequest,
    training: TrainingGraph,
    memory: ParameterMemory,
    session: BoundSession,
  ) {
    this.#request = request;
    this.memory = memory;
    this.masks = new MaskSource(memory, request.seed);
    this.#session = session;
    const tensor = (data: Float32Array, shape: readonly number[]): TensorData => ({
      type: 'float32',
      data,
      shape,
    });
    const { parameters } = request.model;
    this.#parameters = Object.fromEntries(
      parameters.map(({ name, shape }) => [name, tensor(memory.values(name), shape)]),
    );
    this.#gradients = Object.fromEntries(
      training.gradients.flatMap(({ parameter, dense }) =>
        dense === null
          ? []
          : [[dense, tensor(memory.runGradients(parameter), memory.place(parameter).shape)]],
      ),
    );
    this.#rows = new GradientRows(memory, training);
  }

  /** Differentiates the model, takes memory for it, loads its weights and makes the session. */
  static async open(request: TrainingSessionRequest): Promise<TrainingSession> {
    const { model, loss, trained, largest, accumulates } = request;
    const training = request.graph ?? buildTrainingGraph({ model: model.training, loss, trained });
    const memory = new ParameterMemory({
      parameters: model.parameters.map(({ name, shape }) => ({ name, shape, trained: trained.has(name) })),
      accumulates,
      scratch: {
        [maskStateArea]: maskStateBytes,
        ...Object.fromEntries(
          model.masks.map(({ name, shape }) => [
            maskArea(name),
            // Masks are filled eight floats at a time.
            Math.ceil(countOf(bindShape(shape, largest)) / 8) * 32,
          ]),
        ),
        ...GradientRows.scratch(training, largest),
      },
    });
    await model.load(({ name }) => memory.values(name));
    const session = await createBoundSession(
      writeOnnx(graphFor(request.runtime?.provider, training.graph)),
      request.runtime,
    );
    return new TrainingSession(request, training, memory, session);
  }

  /** Runs a batch forward and backward; its gradients are added where it is not the first of a step. Gives its part of the loss. */
  async run(batch: BatchTensors, first: boolean): Promise<number> {
    const { memory } = this;
    const sizes = sizesOf(batch);
    const rows = this.#rows.outputs(sizes);
    const outputs = { ...this.#gradients, ...rows, loss: this.#loss };
    const inputs = { ...batch, ...this.#parameters, ...this.#fillMasks(sizes) };
    await this.#session.run(pick(inputs, this.#session.inputNames), outputs);
    const { partGradients, gradients, trainedLength } = memory.layout;
    if (first) {
      if (partGradients !== null) memory.region('gradients').fill(0);
      this.#rows.clear();
    }
    if (partGradients !== null) memory.kernels.addInto(gradients, partGradients, trainedLength * 4, 1);
    this.#rows.add(sizes);
    return (this.#loss.data as Float32Array)[0] ?? NaN;
  }

  /** The model's raw outputs for the rows of a batch, without dropout. */
  async logits(batch: BatchTensors): Promise<Float32Array> {
    const { model, runtime } = this.#request;
    this.#scoring ??= createBoundSession(
      writeOnnx(graphFor(runtime?.provider, buildScoringGraph(model.inference))),
      runtime,
    );
    const session = await this.#scoring;
    const logits = new Float32Array(sizesOf(batch).batch);
    await session.run(pick({ ...batch, ...this.#parameters }, session.inputNames), {
      logits: { type: 'float32', data: logits, shape: [logits.length] },
    });
    return logits;
  }

  /** Frees what ONNX Runtime holds. */
  async close(): Promise<void> {
    await this.#session.release();
    await this.#scoring?.then((session) => session.release());
  }

  #fillMasks(sizes: RunSizes): NamedTensors {
    const filled = this.#request.model.masks.map(({ name, shape, rate }): [string, TensorData] => {
      const bound = bindShape(shape, sizes);
      const count = countOf(bound);
      const area = maskArea(name);
      this.masks.fill(this.memory.scratch(area), count, rate);
      return [name, { type: 'float32', data: this.memory.scratchFloats(area, count), shape: bound }];
    });
    return Object.fromEntries(filled);
  }
}

function sizesOf(batch: BatchTensors): RunSizes {
  const [rows = 0, tokens = 0] = batch['input_ids']?.shape ?? [];
  return { batch: rows, tokens };
}

function pick(tensors: NamedTensors, names: readonly string[]): NamedTensors {
  return Object.fromEntries(
    names.map((name) => {
      const tensor = tensors[name];
      if (!tensor) throw new Error(`The graph wants an input ${name}, which training does not know.`);
      return [name, tensor];
    }),
  );
}
