import type { Value } from '../../graph/value.ts';
import type { TransformerConfig } from '../config/transformer-config.ts';
import type { ModelScope } from '../model-scope.ts';

/** What a head sees of an encoder. */
export interface EncoderStates {
  readonly config: TransformerConfig;
  /** The token vectors after the last layer, [batch, tokens, hidden]. */
  readonly hidden: Value;
  /** The token vectors before the first and after each layer. */
  readonly states: readonly Value[];
  /** 1 for tokens, 0 for padding: int64 [batch, tokens]. */
  readonly mask: Value;
}

/** Adds a head in the module `head`, and gives its scores: the output `logits`. */
export type AppendHead = (scope: ModelScope, states: EncoderStates) => Value;

/** Makes one vector of the tokens' vectors: [batch, tokens, hidden] to [batch, hidden]. */
export type Pooling = (scope: ModelScope, hidden: Value, mask: Value) => Value;
