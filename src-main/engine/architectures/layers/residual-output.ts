import { add } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import type { TransformerConfig } from '../config/transformer-config.ts';
import type { ModelScope } from '../model-scope.ts';
import { layerNorm } from './layer-norm.ts';
import { linear } from './linear.ts';

/** The end of each half of a layer, the module `output`: normalise(dropout(dense(x)) + residual). */
export function residualOutput(
  scope: ModelScope,
  { hidden, hiddenDropout, normEpsilon }: TransformerConfig,
  x: Value,
  residual: Value,
): Value {
  return scope.within('output', () => {
    const inputs = Number(x.shape?.at(-1));
    const dense = linear(scope, 'dense', { inputs, outputs: hidden })(x);
    const sum = add(scope.g, scope.dropout(dense, hiddenDropout), residual);
    return layerNorm(scope, hidden, normEpsilon)(sum);
  });
}
