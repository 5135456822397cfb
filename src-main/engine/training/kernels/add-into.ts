import { f32x4, get, i32, sequence, set, v128, whileTrue } from './wasm/instructions.ts';
import { wasmFunction } from './wasm/module.ts';

/** target = target + source times `factor`, over `bytes` bytes of floats. */
export const addInto = wasmFunction({
  parameters: { target: 'i32', source: 'i32', bytes: 'i32', factor: 'f32' },
  locals: { at: 'i32' },
  result: null,
  body: (l) => {
    const here = (base: number) => i32.add(get(base), get(l.at));
    const added = f32x4.multiply(v128.load(here(l.source)), f32x4.splat(get(l.factor)));
    return whileTrue(
      i32.lessUnsigned(get(l.at), get(l.bytes)),
      sequence(
        v128.store(here(l.target), f32x4.add(v128.load(here(l.target)), added)),
        set(l.at, i32.add(get(l.at), i32.const(16))),
      ),
    );
  },
});
