import { int } from '../../graph/attribute.ts';
import { cast, choose, unsqueeze } from '../../graph/operators.ts';
import { lowestFloat } from '../layers/lowest-float.ts';
import type { Pooling } from './head.ts';

/** The largest value of each element over the tokens, without padding. */
export const maskedMax: Pooling = ({ g }, hidden, mask) => {
  const present = unsqueeze(g, cast(g, mask, 'bool'), [2]);
  const values = choose(g, present, hidden, g.scalar(lowestFloat, hidden));
  return g.op('ReduceMax', [values, g.ints([1])], { keepdims: int(0) });
};
