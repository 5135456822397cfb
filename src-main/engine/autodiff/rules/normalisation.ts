import { failAt } from '../../graph/fail.ts';
import { intAttribute } from '../../graph/node.ts';
import { cast, meanKeep, multiply, subtract } from '../../graph/operators.ts';
import { axisFromFront, rankOf, x, type GradientEntry, type GradientRule } from '../rule.ts';

/**
 * y = xh scale + bias, xh = (x - mean) inv, inv = 1 / sqrt(variance + epsilon), over the axes from `axis` on:
 * with h = dy scale, dx = inv (h - mean(h) - xh mean(h xh)); dscale = dy xh and dbias = dy, summed over the other axes.
 * The node's outputs 1 and 2 are mean and inv, so nothing is computed again.
 */
const layerNormalization: GradientRule = (g, dy, node, dys) => {
  const [, mean, inverse] = node.outputs;
  if (!mean || !inverse) {
    failAt(
      node,
      'it needs three outputs to be differentiated. Run the pass exposeNormalizationStatistics first.',
    );
  }
  if (dys[1] || dys[2]) failAt(node, 'the outputs for mean and deviation have no gradient.');
  const [value, scaleValue] = [x(node, 0), x(node, 1)];
  const rank = rankOf(node, value);
  const first = axisFromFront(intAttribute(node, 'axis', -1), rank);
  const axes = Array.from({ length: rank - first }, (_, at) => first + at);
  const deviation = cast(g, inverse, value.type);
  const normalised = multiply(g, subtract(g, value, cast(g, mean, value.type)), deviation);
  const h = multiply(g, dy, scaleValue);
  const along = multiply(g, normalised, meanKeep(g, multiply(g, h, normalised), axes));
  const centred = subtract(g, subtract(g, h, meanKeep(g, h, axes)), along);
  const gradients = [multiply(g, deviation, centred), multiply(g, dy, normalised)];
  return node.inputs[2] ? [...gradients, dy] : gradients;
};

/** Gradients of normalisations. */
export const normalisationRules: Readonly<Record<string, GradientEntry>> = {
  LayerNormalization: layerNormalization,
};
