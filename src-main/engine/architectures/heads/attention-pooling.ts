import { int } from '../../graph/attribute.ts';
import { cast, choose, multiply, sumOver, unsqueeze } from '../../graph/operators.ts';
import { linear } from '../layers/linear.ts';
import { lowestFloat } from '../layers/lowest-float.ts';
import type { Pooling } from './head.ts';

/** A mean weighted by what the tokens say of themselves: softmax over tokens of score(tanh(dense(x))), the module `pool`. */
export const attentionPooling: Pooling = (scope, hidden, mask) => {
  const { g } = scope;
  const size = Number(hidden.shape?.at(-1));
  return scope.within('pool', () => {
    const dense = linear(scope, 'dense', { inputs: size, outputs: size })(hidden);
    const scores = linear(scope, 'score', { inputs: size, outputs: 1 })(g.op('Tanh', [dense])); // [batch, tokens, 1]
    const present = unsqueeze(g, cast(g, mask, 'bool'), [2]);
    const seen = choose(g, present, scores, g.scalar(lowestFloat, scores));
    const weights = g.op('Softmax', [seen], { axis: int(1) });
    return sumOver(g, multiply(g, hidden, weights), [1]);
  });
};
