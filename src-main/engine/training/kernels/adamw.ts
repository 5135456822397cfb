import { f32x4, get, i32, sequence, set, v128, whileTrue } from './wasm/instructions.ts';
import { wasmFunction } from './wasm/module.ts';

/**
 * One step of AdamW over `bytes` bytes of parameters, as PyTorch orders it, with c = gradient times `scale`:
 *
 *     p = p keep                      keep = 1 - learning rate * weight decay
 *     m = m + (c - m) gain1           gain1 = 1 - beta1
 *     v = v beta2 + c c gain2         gain2 = 1 - beta2
 *     p = p - size (m / (sqrt(v) / root + epsilon))
 *
 * with size = learning rate / (1 - beta1^t) and root = sqrt(1 - beta2^t). Every operation is rounded to 32 bits.
 */
export const adamw = wasmFunction({
  parameters: {
    values: 'i32',
    gradients: 'i32',
    first: 'i32',
    second: 'i32',
    bytes: 'i32',
    scale: 'f32',
    keep: 'f32',
    gain1: 'f32',
    beta2: 'f32',
    gain2: 'f32',
    size: 'f32',
    root: 'f32',
    epsilon: 'f32',
  },
  locals: { at: 'i32', c: 'v128', m: 'v128', v: 'v128' },
  result: null,
  body: (l) => {
    const here = (base: number) => i32.add(get(base), get(l.at));
    const each = (parameter: number) => f32x4.splat(get(parameter));
    const { add, subtract, multiply, divide, squareRoot } = f32x4;
    const [c, m, v] = [get(l.c), get(l.m), get(l.v)];
    const decayed = multiply(v128.load(here(l.values)), each(l.keep));
    const direction = divide(m, add(divide(squareRoot(v), each(l.root)), each(l.epsilon)));
    return whileTrue(
      i32.lessUnsigned(get(l.at), get(l.bytes)),
      sequence(
        set(l.c, multiply(v128.load(here(l.gradients)), each(l.scale))),
        set(l.m, v128.load(here(l.first))),
        set(l.m, add(m, multiply(subtract(c, m), each(l.gain1)))),
        v128.store(here(l.first), m),
        set(
          l.v,
          add(multiply(v128.load(here(l.second)), each(l.beta2)), multiply(multiply(c, c), each(l.gain2))),
        ),
        v128.store(here(l.second), v),
        v128.store(here(l.values), subtract(decayed, multiply(each(l.size), direction))),
        set(l.at, i32.add(get(l.at), i32.const(16))),
      ),
    );
  },
});
