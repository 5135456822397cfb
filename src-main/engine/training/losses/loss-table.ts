import { bceWithLogits } from './bce-with-logits.ts';
import type { Loss } from './loss.ts';
import { meanSquaredError } from './mean-squared-error.ts';

/** Every loss by the name that recipes use. */
export const losses = {
  'bce-with-logits': bceWithLogits,
  'mean-squared-error': meanSquaredError,
} as const satisfies Readonly<Record<string, Loss>>;

/** The name of a loss. */
export type LossName = keyof typeof losses;
