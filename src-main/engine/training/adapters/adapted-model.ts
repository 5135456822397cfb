import { Generator } from '../random/generator.ts';
import type { EncoderModel } from '../encoder-model.ts';
import { adapterOf, addAdapters, type Adapter, type AdapterSettings } from './add-adapters.ts';

/** A model with adapters. */
export interface AdaptedModel extends EncoderModel {
  readonly adapters: readonly Adapter[];
}

/**
 * A model of which adapters are trained in the place of the encoder's own weights: of the query and value projections of every
 * layer. It begins as what it was, as the second factor of each begins as zeros.
 */
export function adaptedModel(model: EncoderModel, settings: AdapterSettings, seed: number): AdaptedModel {
  const adapters = model.parameters
    .filter(
      ({ name, depth, kind }) => depth >= 1 && depth <= model.layers && kind === 'matrix' && isAdapted(name),
    )
    .map((weight) => adapterOf(weight, settings));
  return {
    ...model,
    adapters,
    training: addAdapters(model.training, adapters),
    inference: addAdapters(model.inference, adapters),
    parameters: [...model.parameters, ...adapters.flatMap(({ down, up }) => [down, up])],
    load: async (viewOf) => {
      await model.load(viewOf);
      for (const { down, up } of adapters) {
        fillUniform(viewOf(down), down.shape[1] ?? 1, Generator.seeded(seed, down.name));
        viewOf(up).fill(0);
      }
    },
  };
}

/** Whether a parameter belongs to an adapter. */
export function isAdapterParameter(name: string): boolean {
  return /\.lora_[AB]\.weight$/.test(name);
}

function isAdapted(name: string): boolean {
  return /\b(?:query|value)(?:_proj)?\.weight$/.test(name);
}

/** Uniform in [-1, 1] / sqrt(inputs), as PEFT begins. */
function fillUniform(target: Float32Array, inputs: number, generator: Generator): void {
  const most = 1 / Math.sqrt(inputs);
  for (let i = 0; i < target.length; i++) target[i] = (2 * generator.uniform() - 1) * most;
}
