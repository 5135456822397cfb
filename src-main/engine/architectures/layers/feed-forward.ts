import type { Value } from '../../graph/value.ts';
import type { TransformerConfig } from '../config/transformer-config.ts';
import type { ModelScope } from '../model-scope.ts';
import { activate } from './activation.ts';
import { linear } from './linear.ts';
import { residualOutput } from './residual-output.ts';

/** The second half of a layer: widened, activated, narrowed, added and normalised. */
export function feedForward(scope: ModelScope, config: TransformerConfig, x: Value): Value {
  const wide = scope.within('intermediate', () => {
    const dense = linear(scope, 'dense', { inputs: config.hidden, outputs: config.intermediate });
    return activate[config.activation](scope.g, dense(x)); // [batch, tokens, intermediate]
  });
  return residualOutput(scope, config, wide, x);
}
