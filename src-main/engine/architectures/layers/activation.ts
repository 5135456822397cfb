import { string } from '../../graph/attribute.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import { multiply } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import type { Activation } from '../config/fields.ts';

const tanhGelu = (g: GraphBuilder, x: Value): Value => g.op('Gelu', [x], { approximate: string('tanh') });
const silu = (g: GraphBuilder, x: Value): Value => multiply(g, x, g.op('Sigmoid', [x]));

/** Activation functions by Hugging Face's names. */
export const activate: Readonly<Record<Activation, (g: GraphBuilder, x: Value) => Value>> = {
  gelu: (g, x) => g.op('Gelu', [x]),
  gelu_new: tanhGelu,
  gelu_fast: tanhGelu,
  gelu_pytorch_tanh: tanhGelu,
  relu: (g, x) => g.op('Relu', [x]),
  tanh: (g, x) => g.op('Tanh', [x]),
  sigmoid: (g, x) => g.op('Sigmoid', [x]),
  silu,
  swish: silu,
};
