import { multiply, subtract } from '../../graph/operators.ts';
import type { Loss } from './loss.ts';

/**
 * Binary cross-entropy of soft labels: -(y ln s + (1 - y) ln(1 - s)) with s = sigmoid(x), which is ln(1 + e^x) - x y. In that
 * form large logits neither overflow nor lose digits. The usual choice for graded similarity.
 */
export const bceWithLogits: Loss = {
  name: 'bce-with-logits',
  perRow: (g, logits, labels) => subtract(g, g.op('Softplus', [logits]), multiply(g, logits, labels)),
  predict: (logit) => 1 / (1 + Math.exp(-logit)),
};
