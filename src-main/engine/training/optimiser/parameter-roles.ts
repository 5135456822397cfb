import { isAdapterParameter } from '../adapters/adapted-model.ts';
import type { ModelParameter, TrainableModel } from '../model.ts';

/** How each part of a model is trained. */
export interface RoleSettings {
  /** The learning rate of the encoder's top layer. */
  readonly learningRate: number;
  /** The learning rate of the head. */
  readonly headLearningRate: number;
  /** What the learning rate is multiplied by for each layer further down; 1 for the same everywhere. */
  readonly layerDecay: number;
  readonly weightDecay: number;
  /** Whether the embeddings stay as they are. */
  readonly freezeEmbeddings: boolean;
  /** How many layers, counted from the bottom, stay as they are. */
  readonly frozenLayers: number;
  /** Not null: adapters are trained, and of the encoder nothing else. */
  readonly adapters: unknown;
}

/** What becomes of a parameter in training. */
export interface ParameterRole {
  readonly name: string;
  /** A parameter that is not trained has no gradient at all: nothing is computed for it. */
  readonly trained: boolean;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** The role of every parameter. Biases and the scales of normalisations get no weight decay. */
export function parameterRoles(
  { parameters, layers }: Pick<TrainableModel, 'parameters' | 'layers'>,
  settings: RoleSettings,
): readonly ParameterRole[] {
  return parameters.map((parameter) => ({
    name: parameter.name,
    trained: isTrained(parameter, layers, settings),
    learningRate:
      parameter.depth > layers
        ? settings.headLearningRate
        : settings.learningRate * settings.layerDecay ** (layers - parameter.depth),
    weightDecay: parameter.kind === 'bias' || parameter.kind === 'scale' ? 0 : settings.weightDecay,
  }));
}

function isTrained({ name, depth }: ModelParameter, layers: number, settings: RoleSettings): boolean {
  if (settings.adapters !== null && depth <= layers && !isAdapterParameter(name)) return false;
  if (depth === 0) return !settings.freezeEmbeddings;
  return depth > layers || depth > settings.frozenLayers;
}
