import type { GraphBuilder } from '../../graph/builder.ts';
import { reshape, transpose } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';

/** The order of the axes of what attention works on: `head first` is [heads, batch, tokens, size of a head]. */
export type HeadOrder = 'batch first' | 'head first';

// Each swaps back what it does, but for the head-first order: [batch, tokens, heads, size] from and to [heads, batch, tokens, size].
const toHeads = { 'batch first': [0, 2, 1, 3], 'head first': [2, 0, 1, 3] } as const;
const fromHeads = { 'batch first': [0, 2, 1, 3], 'head first': [1, 2, 0, 3] } as const;

/** [batch, tokens, hidden] as heads. */
export function splitHeads(g: GraphBuilder, x: Value, heads: number, order: HeadOrder): Value {
  const size = Number(x.shape?.at(-1)) / heads;
  return transpose(g, reshape(g, x, [0, 0, heads, size]), toHeads[order]);
}

/** Heads as [batch, tokens, hidden]. */
export function mergeHeads(g: GraphBuilder, x: Value, order: HeadOrder): Value {
  const [first, second] = x.shape ?? [];
  const heads = Number(order === 'head first' ? first : second);
  return reshape(g, transpose(g, x, fromHeads[order]), [0, 0, heads * Number(x.shape?.at(-1))]);
}
