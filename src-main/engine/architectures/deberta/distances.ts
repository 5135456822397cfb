import { add, negate, scale, subtract } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import type { DebertaConfig, RelativeAttention } from '../config/deberta-config.ts';
import { layerNorm } from '../layers/layer-norm.ts';
import { lookup } from '../layers/lookup.ts';
import type { ModelScope } from '../model-scope.ts';
import { distanceRows } from './distance-rows.ts';

/** Vectors of the distances that occur in a batch, [2 tokens, hidden] each, and the rows of the table that they are. */
export interface Distances {
  /** From tokens - 1 down to -tokens; null where no attention asks for it. */
  readonly falling: DistanceVectors | null;
  /** From -(tokens - 1) up to tokens; null where no attention asks for it. */
  readonly rising: DistanceVectors | null;
}

/** One order of distances. */
export interface DistanceVectors {
  readonly rows: Value; // [2 tokens]
  readonly vectors: Value; // [2 tokens, hidden]
}

/**
 * The vectors of all distances within a batch, in the modules `rel_embeddings` and `LayerNorm`. Only rows that occur are read (and
 * later projected): with 32 tokens that is 64 of the 512 rows of DeBERTa-v3.
 */
export function distances(
  scope: ModelScope,
  config: DebertaConfig,
  relative: RelativeAttention,
  tokens: Value,
): Distances {
  const { g } = scope;
  const shape = [2 * relative.span, config.hidden];
  const table = scope.parameter('rel_embeddings.weight', shape, { kind: 'table' });
  const normalise = relative.normalised
    ? layerNorm(scope, config.hidden, config.normEpsilon)
    : (x: Value): Value => x;
  const { reach, rows } = distanceRows(relative);
  const rowTable = g.constant('int64', [rows.length], rows);
  const count = g.op('Squeeze', [tokens, g.ints([0])]);
  const one = g.scalar(1, count);
  const steps = g.op('Range', [g.scalar(0, count), scale(g, count, 2), one]); // [2 tokens]
  const last = subtract(g, count, one);
  const vectorsOf = (ordered: Value): DistanceVectors => {
    const known = g.op('Clip', [ordered, g.scalar(-reach, count), g.scalar(reach, count)]);
    const found = lookup(g, rowTable, add(g, known, g.scalar(reach, count)));
    return { rows: found, vectors: normalise(lookup(g, table, found)) };
  };
  const rising = subtract(g, steps, last);
  return {
    falling: relative.kinds.has('c2p') ? vectorsOf(negate(g, rising)) : null,
    rising: relative.kinds.has('p2c') ? vectorsOf(rising) : null,
  };
}

/** Distance vectors after dropout: rows of one mask over the whole table, so that both orders lose the same elements. */
export function dropDistances(
  scope: ModelScope,
  { hiddenDropout, hidden }: DebertaConfig,
  span: number,
  { falling, rising }: Distances,
): { readonly falling: Value | null; readonly rising: Value | null } {
  const mask = scope.mask([2 * span, hidden], hiddenDropout, 'pos_dropout');
  const drop = (each: DistanceVectors | null): Value | null => {
    if (each === null || mask === null) return each?.vectors ?? null;
    return scope.g.op('Mul', [each.vectors, lookup(scope.g, mask, each.rows)]);
  };
  return { falling: drop(falling), rising: drop(rising) };
}
