import { multiply, subtract } from '../../graph/operators.ts';
import type { Loss } from './loss.ts';

/** The squared difference (x - y)^2; the model's output is the prediction as it is. */
export const meanSquaredError: Loss = {
  name: 'mean-squared-error',
  perRow: (g, logits, labels) => {
    const difference = subtract(g, logits, labels);
    return multiply(g, difference, difference);
  },
  predict: (logit) => logit,
};
