import { buildEncoder } from '../architectures/build-encoder.ts';
import type { EncoderConfig } from '../architectures/config/read-config.ts';
import type { AppendHead } from '../architectures/heads/head.ts';
import type { Graph } from '../graph/graph.ts';
import type { Parameter } from '../architectures/parameter.ts';
import type { TrainableModel } from './model.ts';

/** What an encoder with a head is made of. */
export interface EncoderModelRequest {
  readonly config: EncoderConfig;
  readonly appendHead: AppendHead;
  /** Writes the first weights: stored ones, fresh ones, or fresh ones for the head only. */
  readonly load: (
    parameters: readonly Parameter[],
    viewOf: (parameter: Pick<Parameter, 'name'>) => Float32Array,
  ) => Promise<void>;
}

/** A model with the graph that is handed on once it is trained. */
export interface EncoderModel extends TrainableModel {
  /** The inference graph in standard operators only, so that it runs anywhere. */
  readonly exported: Graph;
}

/** An encoder with a head, to be trained. */
export function encoderModel({ config, appendHead, load }: EncoderModelRequest): EncoderModel {
  const training = buildEncoder(config, { training: true, appendHead });
  const inference = buildEncoder(config, { training: false, contrib: true, appendHead });
  return {
    training: training.graph,
    inference: inference.graph,
    exported: buildEncoder(config, { training: false, appendHead }).graph,
    parameters: training.parameters,
    masks: training.masks,
    layers: config.layers,
    load: (viewOf) =>
      load(training.parameters, ({ name }) => {
        const parameter = training.parameters.find((each) => each.name === name);
        if (!parameter) throw new Error(`The model has no parameter ${name}.`);
        return viewOf(parameter);
      }),
  };
}
