import { int } from '../../graph/attribute.ts';
import { choose, matMul, reshape, swapLast, transpose } from '../../graph/operators.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import type { Value } from '../../graph/value.ts';
import type { DebertaConfig, RelativeAttention } from '../config/deberta-config.ts';
import { mergeHeads, splitHeads } from '../layers/heads.ts';
import { linear, type Layer } from '../layers/linear.ts';
import { lowestFloat } from '../layers/lowest-float.ts';
import type { ModelScope } from '../model-scope.ts';
import { alignDistances, type Extent } from './align-distances.ts';
import { dropDistances, type Distances } from './distances.ts';

/** What all layers share. */
export interface DisentangledContext {
  /** Whether a token sees another, [1, batch, query, key]; padding sees nothing and is seen by nothing. */
  readonly visible: Value;
  readonly extent: Extent;
  readonly distances: Distances | null;
}

/**
 * Attention by content and by distance, the module `self`: [batch, tokens, hidden] to the same. With n kinds of distance,
 *
 *     scores[i, j] = (q_i k_j + q_i r_key(i - j) + k_j r_query(i - j)) / sqrt((1 + n) size of a head)
 *
 * Heads come first, so that a product with distances is one of a matrix with the rows of all the batch.
 */
export function disentangledAttention(
  scope: ModelScope,
  config: DebertaConfig,
  x: Value,
  context: DisentangledContext,
): Value {
  const { hidden, heads, attentionDropout, relative } = config;
  const { g } = scope;
  return scope.within('self', () => {
    const project = (name: string): Layer => linear(scope, name, { inputs: hidden, outputs: hidden });
    const [toQuery, toKey] = [project('query_proj'), project('key_proj')];
    const query = splitHeads(g, toQuery(x), heads, 'head first'); // [heads, batch, tokens, size]
    const key = splitHeads(g, toKey(x), heads, 'head first');
    const value = splitHeads(g, project('value_proj')(x), heads, 'head first');
    const alpha = 1 / Math.sqrt((hidden / heads) * (1 + (relative?.kinds.size ?? 0)));
    const content = matMul(g, query, key, { transposeB: true, alpha }); // [heads, batch, query, key]
    const byDistance =
      relative === null || context.distances === null
        ? []
        : distanceScores(scope, config, relative, { query, key, toQuery, toKey, alpha }, context);
    const scores = byDistance.length === 0 ? content : g.op('Sum', [content, ...byDistance]);
    const seen = choose(g, context.visible, scores, g.scalar(lowestFloat, scores));
    const shares = scope.dropout(g.op('Softmax', [seen], { axis: int(-1) }), attentionDropout);
    return mergeHeads(g, matMul(g, shares, value), 'head first');
  });
}

interface Content {
  readonly query: Value;
  readonly key: Value;
  readonly toQuery: Layer;
  readonly toKey: Layer;
  readonly alpha: number;
}

/** The scores by distance, [heads, batch, query, key] each. */
function distanceScores(
  scope: ModelScope,
  config: DebertaConfig,
  relative: RelativeAttention,
  { query, key, toQuery, toKey, alpha }: Content,
  { extent, distances }: DisentangledContext,
): readonly Value[] {
  const { g } = scope;
  const { heads, hidden } = config;
  const { falling, rising } = dropDistances(scope, config, relative.span, distances as Distances);
  const projection = (shared: Layer, name: string): Layer =>
    relative.sharedKeys ? shared : linear(scope, name, { inputs: hidden, outputs: hidden });
  const scores: Value[] = [];
  if (falling) {
    const positions = headsOfRows(g, projection(toKey, 'pos_key_proj')(falling), heads);
    scores.push(alignDistances(g, productWithRows(g, query, positions, alpha, extent), extent));
  }
  if (rising) {
    const positions = headsOfRows(g, projection(toQuery, 'pos_query_proj')(rising), heads);
    // Seen from the key, distances rise along the queries.
    scores.push(swapLast(g, alignDistances(g, productWithRows(g, key, positions, alpha, extent), extent)));
  }
  return scores;
}

/** [rows, hidden] as [heads, rows, size of a head]. */
function headsOfRows(g: GraphBuilder, x: Value, heads: number): Value {
  const size = Number(x.shape?.at(-1)) / heads;
  return transpose(g, reshape(g, x, [0, heads, size]), [1, 0, 2]);
}

/** [heads, batch, tokens, size] times [heads, rows, size], the latter the same for the whole batch: [heads, batch, tokens, rows]. */
function productWithRows(
  g: GraphBuilder,
  x: Value,
  rows: Value,
  alpha: number,
  { batch, tokens }: Extent,
): Value {
  const [heads, , , size] = x.shape ?? [];
  const all = reshape(g, x, [Number(heads), -1, Number(size)]);
  const product = matMul(g, all, rows, { transposeB: true, alpha });
  const shape = g.op('Concat', [g.ints([Number(heads)]), batch, tokens, g.ints([-1])], { axis: int(0) });
  return reshape(g, product, shape);
}
