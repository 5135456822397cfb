import type { GraphBuilder } from '../graph/builder.ts';
import type { InputValue, Value } from '../graph/value.ts';

/** What an encoder is fed: 64-bit whole numbers [batch, tokens], under Hugging Face's names. */
export interface EncoderInputs {
  readonly ids: InputValue;
  /** 1 for tokens, 0 for padding. */
  readonly mask: InputValue;
  /** Null where the model makes no use of them. */
  readonly types: InputValue | null;
  /** The number of tokens in a row, [1]. */
  readonly tokens: Value;
}

/** Adds the inputs of an encoder. */
export function encoderInputs(g: GraphBuilder, typed: boolean): EncoderInputs {
  const input = (name: string): InputValue => g.input(name, 'int64', ['batch', 'tokens']);
  const ids = input('input_ids');
  const mask = input('attention_mask');
  const types = typed ? input('token_type_ids') : null;
  const tokens = g.op('Slice', [g.op('Shape', [ids]), g.ints([1]), g.ints([2])]);
  return { ids, mask, types, tokens };
}
