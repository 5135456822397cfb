import { int } from '../../graph/attribute.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import type { Value } from '../../graph/value.ts';

/** Rows of a table: [..., columns] for indices [...]. */
export const lookup = (g: GraphBuilder, table: Value, indices: Value): Value =>
  g.op('Gather', [table, indices], { axis: int(0) });

/** The first rows of a table, as many as the value [1] says. */
export const firstRows = (g: GraphBuilder, table: Value, count: Value): Value =>
  g.op('Slice', [table, g.ints([0]), count, g.ints([0])]);
