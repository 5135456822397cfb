import { int } from '../../graph/attribute.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import { add, cast, multiply } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import type { AbsoluteConfig } from '../config/absolute-config.ts';
import type { EncoderInputs } from '../encoder-inputs.ts';
import { layerNorm } from '../layers/layer-norm.ts';
import { linear } from '../layers/linear.ts';
import { firstRows, lookup } from '../layers/lookup.ts';
import type { ModelScope } from '../model-scope.ts';

/** Tokens as vectors [batch, tokens, hidden]: words, token types and positions, added and normalised. */
export function absoluteEmbeddings(scope: ModelScope, config: AbsoluteConfig, inputs: EncoderInputs): Value {
  const { embedding, hidden } = config;
  const summed = scope.within('embeddings', () => {
    const sum = add(scope.g, wordsAndTypes(scope, config, inputs), positions(scope, config, inputs));
    const normalised = layerNorm(scope, embedding, config.normEpsilon)(sum);
    return scope.dropout(normalised, config.hiddenDropout);
  });
  if (embedding === hidden) return summed;
  return linear(scope, 'embeddings_project', { inputs: embedding, outputs: hidden })(summed);
}

function wordsAndTypes(scope: ModelScope, config: AbsoluteConfig, { ids, types }: EncoderInputs): Value {
  const { vocabulary, embedding, tokenTypes, paddingToken } = config;
  const words = scope.parameter('word_embeddings.weight', [vocabulary, embedding], {
    kind: 'table',
    zeroRow: paddingToken,
  });
  const typeTable = scope.parameter('token_type_embeddings.weight', [tokenTypes, embedding], {
    kind: 'table',
  });
  // Without token types in the input, all tokens are of the first type.
  const typed =
    types === null ? firstRows(scope.g, typeTable, scope.g.ints([1])) : lookup(scope.g, typeTable, types);
  return add(scope.g, lookup(scope.g, words, ids), typed);
}

/** [tokens, embedding], or [batch, tokens, embedding] for RoBERTa. */
function positions(scope: ModelScope, config: AbsoluteConfig, { ids, tokens }: EncoderInputs): Value {
  const { family, embedding, paddingToken } = config;
  const shape = [config.positions, embedding];
  if (family !== 'roberta') {
    return firstRows(
      scope.g,
      scope.parameter('position_embeddings.weight', shape, { kind: 'table' }),
      tokens,
    );
  }
  const table = scope.parameter('position_embeddings.weight', shape, {
    kind: 'table',
    zeroRow: paddingToken,
  });
  return lookup(scope.g, table, positionsBesidePadding(scope.g, ids, paddingToken));
}

/** Tokens are numbered from padding + 1 on, padding tokens have the number padding: RoBERTa's positions. */
function positionsBesidePadding(g: GraphBuilder, ids: Value, padding: number): Value {
  const known = cast(g, g.op('Not', [g.op('Equal', [ids, g.scalar(padding, ids)])]), 'int64');
  const counted = g.op('CumSum', [known, g.scalar(1, ids)], { exclusive: int(0) });
  return add(g, multiply(g, counted, known), g.scalar(padding, ids));
}
