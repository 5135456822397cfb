import { float, int } from '../../graph/attribute.ts';
import type { Value } from '../../graph/value.ts';
import type { ModelScope } from '../model-scope.ts';
import type { Layer } from './linear.ts';

/** (x - mean) / sqrt(variance + epsilon) scale + offset, over the last axis. */
export function layerNorm(scope: ModelScope, size: number, epsilon: number, name = 'LayerNorm'): Layer {
  return scope.within(name, () => {
    const scale = scope.parameter('weight', [size], { kind: 'scale' });
    const offset = scope.parameter('bias', [size], { kind: 'bias' });
    const attributes = new Map([
      ['axis', int(-1)],
      ['epsilon', float(epsilon)],
    ]);
    // The gradient reads the outputs for mean and deviation.
    const outputs = scope.training ? [null, null, null] : [null];
    return (x) =>
      scope.within(
        name,
        () =>
          scope.g.node('LayerNormalization', [x, scale, offset], attributes, { outputs }).outputs[0] as Value,
      );
  });
}
