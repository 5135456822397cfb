import { cast, divide, multiply, sumKeep, sumOver, unsqueeze } from '../../graph/operators.ts';
import type { Pooling } from './head.ts';

/** The mean of the vectors of the tokens, without padding. A row of padding only has the mean 0. */
export const maskedMean: Pooling = ({ g }, hidden, mask) => {
  const present = cast(g, mask, 'float32');
  const sum = sumOver(g, multiply(g, hidden, unsqueeze(g, present, [2])), [1]);
  const count = g.op('Max', [sumKeep(g, present, [1]), g.scalar(1, present)]); // [batch, 1]
  return divide(g, sum, count);
};
