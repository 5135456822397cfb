import { int } from '../../graph/attribute.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import { add, cast, choose, matMul, unsqueeze } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import type { TransformerConfig } from '../config/transformer-config.ts';
import { mergeHeads, splitHeads } from '../layers/heads.ts';
import { linear } from '../layers/linear.ts';
import { lowestFloat } from '../layers/lowest-float.ts';
import type { ModelScope } from '../model-scope.ts';

/** What is added to attention scores, [batch, 1, 1, tokens]: 0 for tokens, the lowest number for padding. */
export function paddingPenalty(g: GraphBuilder, mask: Value): Value {
  const zero = g.constant('float32', [], [0]);
  const penalty = choose(g, cast(g, mask, 'bool'), zero, g.scalar(lowestFloat, zero));
  return unsqueeze(g, penalty, [1, 2]);
}

/** softmax(Q K^T / sqrt(size of a head) + penalty) V, the module `self`: [batch, tokens, hidden] to the same. */
export function selfAttention(scope: ModelScope, config: TransformerConfig, x: Value, penalty: Value): Value {
  const { hidden, heads, attentionDropout } = config;
  const { g } = scope;
  return scope.within('self', () => {
    const [query, key, value] = ['query', 'key', 'value'].map((name) =>
      splitHeads(g, linear(scope, name, { inputs: hidden, outputs: hidden })(x), heads, 'batch first'),
    ) as [Value, Value, Value]; // [batch, heads, tokens, size]
    const alpha = 1 / Math.sqrt(hidden / heads);
    const scores = add(g, matMul(g, query, key, { transposeB: true, alpha }), penalty); // [batch, heads, query, key]
    const shares = scope.dropout(g.op('Softmax', [scores], { axis: int(-1) }), attentionDropout);
    return mergeHeads(g, matMul(g, shares, value), 'batch first');
  });
}
