import { add, matMul } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import type { ModelScope } from '../model-scope.ts';

/** A function of one value that has parameters of its own; calling it again uses the same ones. */
export type Layer = (x: Value) => Value;

/** The sizes of a linear layer. */
export interface LinearSettings {
  readonly inputs: number;
  readonly outputs: number;
  readonly bias?: boolean;
}

/** x W^T + b: [..., inputs] to [..., outputs]. The weight is stored as [outputs, inputs], as PyTorch does. */
export function linear(
  scope: ModelScope,
  name: string,
  { inputs, outputs, bias = true }: LinearSettings,
): Layer {
  return scope.within(name, () => {
    const weight = scope.parameter('weight', [outputs, inputs], { kind: 'matrix' });
    const offset = bias ? scope.parameter('bias', [outputs], { kind: 'bias' }) : null;
    return (x) =>
      scope.within(name, () => {
        const product = matMul(scope.g, x, weight, { transposeB: true });
        return offset === null ? product : add(scope.g, product, offset);
      });
  });
}
