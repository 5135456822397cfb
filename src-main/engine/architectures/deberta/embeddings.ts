import { add, multiply } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import type { DebertaConfig } from '../config/deberta-config.ts';
import type { EncoderInputs } from '../encoder-inputs.ts';
import { layerNorm } from '../layers/layer-norm.ts';
import { linear } from '../layers/linear.ts';
import { firstRows, lookup } from '../layers/lookup.ts';
import type { ModelScope } from '../model-scope.ts';

/** Tokens as vectors [batch, tokens, hidden], zero for padding; `present` is 1 for tokens and 0 for padding, [batch, tokens, 1]. */
export function debertaEmbeddings(
  scope: ModelScope,
  config: DebertaConfig,
  { ids, types, tokens }: EncoderInputs,
  present: Value,
): Value {
  const { g } = scope;
  const { embedding, hidden } = config;
  return scope.within('embeddings', () => {
    const table = (name: string, rows: number, zeroRow?: number): Value =>
      scope.parameter(`${name}.weight`, [rows, embedding], {
        kind: 'table',
        ...(zeroRow === undefined ? {} : { zeroRow }),
      });
    let x: Value = lookup(g, table('word_embeddings', config.vocabulary, config.paddingToken), ids);
    if (config.absolutePositions) {
      x = add(g, x, firstRows(g, table('position_embeddings', config.positions), tokens));
    }
    if (types !== null) x = add(g, x, lookup(g, table('token_type_embeddings', config.tokenTypes), types));
    if (embedding !== hidden) {
      x = linear(scope, 'embed_proj', { inputs: embedding, outputs: hidden, bias: false })(x);
    }
    const normalised = layerNorm(scope, hidden, config.normEpsilon)(x);
    return scope.dropout(multiply(g, normalised, present), config.hiddenDropout);
  });
}
