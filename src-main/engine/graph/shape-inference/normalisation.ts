import { elementTypeOf } from '../element-type.ts';
import { intAttribute } from '../node.ts';
import { axisOf, inputAt, requireSameType, type ShapeRule } from './rule.ts';

// Outputs: normalised, mean, inverse standard deviation; the latter two with the normalised axes of size 1.
const layerNormalization: ShapeRule = (node) => {
  const [x, scale] = [inputAt(node, 0), inputAt(node, 1)];
  const type = requireSameType(node, [x, scale]);
  const statistics = elementTypeOf(intAttribute(node, 'stash_type', 1)) ?? type;
  const { shape } = x;
  if (shape === null) {
    return [type, statistics, statistics]
      .slice(0, node.outputCount)
      .map((each) => ({ type: each, shape: null }));
  }
  const axis = axisOf(node, intAttribute(node, 'axis', -1), shape.length);
  const reduced = shape.map((size, at) => (at < axis ? size : 1));
  return [
    { type, shape },
    { type: statistics, shape: reduced },
    { type: statistics, shape: reduced },
  ].slice(0, node.outputCount);
};

/** Normalisations. */
export const normalisationShapes: Readonly<Record<string, ShapeRule>> = {
  LayerNormalization: layerNormalization,
};
