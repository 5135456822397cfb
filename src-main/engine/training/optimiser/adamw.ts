import type { ParameterMemory } from '../memory/parameter-memory.ts';
import type { ParameterRole } from './parameter-roles.ts';

/** The numbers of AdamW (Loshchilov and Hutter, 2019) that hold for all parameters. */
export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The most that the gradients may measure together; longer ones are scaled down to it. Null: as they are. */
  readonly clip: number | null;
}

/** The length of all gradients taken as one vector; not finite where one of them is not. */
export function gradientNorm(memory: ParameterMemory): number {
  const { gradients, trainedLength } = memory.layout;
  return Math.sqrt(memory.kernels.sumOfSquares(gradients, trainedLength * 4));
}

/** One step, counted from 1, with the gradients in the memory and learning rates multiplied by `factor`. */
export function adamwStep(
  memory: ParameterMemory,
  roles: readonly ParameterRole[],
  { step, factor, norm, settings }: StepRequest,
): void {
  const { beta1, beta2, epsilon, clip } = settings;
  const { layout, kernels } = memory;
  // The small number is PyTorch's, in clip_grad_norm_.
  const scale = clip === null ? 1 : Math.min(1, clip / (norm + 1e-6));
  const root = Math.sqrt(1 - beta2 ** step);
  for (const { name, trained, learningRate, weightDecay } of roles) {
    if (!trained) continue;
    const { start, room } = memory.place(name);
    const rate = learningRate * factor;
    const at = (region: number): number => region + start * 4;
    kernels.adamw(
      at(layout.values),
      at(layout.gradients),
      at(layout.firstMoments),
      at(layout.secondMoments),
      room * 4,
      scale,
      1 - rate * weightDecay,
      1 - beta1,
      beta2,
      1 - beta2,
      rate / (1 - beta1 ** step),
      root,
      epsilon,
    );
  }
}

/** What a step needs to know. */
export interface StepRequest {
  readonly step: number;
  readonly factor: number;
  /** As {@link gradientNorm} gives it. */
  readonly norm: number;
  readonly settings: AdamSettings;
}
