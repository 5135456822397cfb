import { int, ints } from '../../graph/attribute.ts';
import { add, multiply, transpose } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import type { ConvolutionConfig, DebertaConfig } from '../config/deberta-config.ts';
import { activate } from '../layers/activation.ts';
import { layerNorm } from '../layers/layer-norm.ts';
import type { ModelScope } from '../model-scope.ts';

/** What neighbouring tokens say, beside the first layer: normalise(x + activate(dropout(convolution(embeddings)))), zero for padding. */
export function convolutionLayer(
  scope: ModelScope,
  config: DebertaConfig,
  { kernel, groups, activation }: ConvolutionConfig,
  { embeddings, x, present }: Readonly<Record<'embeddings' | 'x' | 'present', Value>>,
): Value {
  const { g } = scope;
  const { hidden } = config;
  return scope.within('conv', () => {
    const weight = scope.parameter('conv.weight', [hidden, hidden / groups, kernel], { kind: 'kernel' });
    const bias = scope.parameter('conv.bias', [hidden], { kind: 'bias' });
    const around = (kernel - 1) / 2;
    const channels = transpose(g, embeddings, [0, 2, 1]); // [batch, hidden, tokens]
    const attributes = { group: int(groups), pads: ints([around, around]), kernel_shape: ints([kernel]) };
    const convolved = transpose(g, g.op('Conv', [channels, weight, bias], attributes), [0, 2, 1]);
    const dropped = scope.dropout(multiply(g, convolved, present), config.hiddenDropout);
    const sum = add(g, x, activate[activation](g, dropped));
    return multiply(g, layerNorm(scope, hidden, config.normEpsilon)(sum), present);
  });
}
