import { squeeze } from '../../graph/operators.ts';
import { linear } from '../layers/linear.ts';
import { attentionPooling } from './attention-pooling.ts';
import { firstToken } from './first-token.ts';
import type { AppendHead, Pooling } from './head.ts';
import { maskedMax } from './masked-max.ts';
import { maskedMean } from './masked-mean.ts';

/** The ways to make one vector of many, by the names that recipes use. */
export const poolings = {
  cls: firstToken,
  mean: maskedMean,
  max: maskedMax,
  attention: attentionPooling,
} as const satisfies Readonly<Record<string, Pooling>>;

/** The name of a pooling. */
export type PoolingName = keyof typeof poolings;

/** Pooling, dropout and a linear layer to one score for each row: [batch]. */
export function linearLogit(pooling: PoolingName, dropout = 0): AppendHead {
  return (scope, { config, hidden, mask }) => {
    const pooled = scope.dropout(poolings[pooling](scope, hidden, mask), dropout);
    return squeeze(scope.g, linear(scope, 'classifier', { inputs: config.hidden, outputs: 1 })(pooled), [1]);
  };
}
