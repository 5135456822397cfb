import type { GraphBuilder } from '../../graph/builder.ts';
import type { Value } from '../../graph/value.ts';

/** A way to compare what a model gives with labels: pure functions that add to a graph. */
export interface Loss {
  readonly name: string;
  /** One number for each row. */
  readonly perRow: (
    g: GraphBuilder,
    logits: Value, // [batch]
    labels: Value, // [batch], in [0, 1]
  ) => Value; // [batch]
  /** What the model says, on the scale of the labels. */
  readonly predict: (logit: number) => number;
}
