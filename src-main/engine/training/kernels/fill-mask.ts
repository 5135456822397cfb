import { f32x4, get, i16x8, i32, i32x4, sequence, set, v128, whileTrue } from './wasm/instructions.ts';
import { wasmFunction } from './wasm/module.ts';

/**
 * Fills `bytes` bytes (a multiple of 32) with a dropout mask: 0 where a 16-bit draw is below `threshold`, `keep` elsewhere.
 *
 * The draws come from four xoshiro128++ generators side by side (Blackman and Vigna, 2019), one in each lane; `state` is the
 * address of their 64 bytes: word 0 of the four generators, then word 1, 2 and 3.
 */
export const fillMask = wasmFunction({
  parameters: { state: 'i32', mask: 'i32', bytes: 'i32', threshold: 'i32', keep: 'f32' },
  locals: {
    at: 'i32',
    s0: 'v128',
    s1: 'v128',
    s2: 'v128',
    s3: 'v128',
    t: 'v128',
    draw: 'v128',
    kept: 'v128',
  },
  result: null,
  body: (l) => {
    const rotate = (value: ReturnType<typeof get>, bits: number) =>
      v128.or(i32x4.shiftLeft(value, bits), i32x4.shiftRight(value, 32 - bits));
    const words = [l.s0, l.s1, l.s2, l.s3];
    const mix = (target: number, source: number) => set(target, v128.xor(get(target), get(source)));
    const here = i32.add(get(l.mask), get(l.at));
    const chosen = (lanes: ReturnType<typeof get>) => v128.and(lanes, f32x4.splat(get(l.keep)));
    return sequence(
      ...words.map((word, index) => set(word, v128.load(get(l.state), 16 * index))),
      whileTrue(
        i32.lessUnsigned(get(l.at), get(l.bytes)),
        sequence(
          set(l.t, i32x4.add(get(l.s0), get(l.s3))),
          set(l.draw, i32x4.add(rotate(get(l.t), 7), get(l.s0))),
          set(l.t, i32x4.shiftLeft(get(l.s1), 9)),
          mix(l.s2, l.s0),
          mix(l.s3, l.s1),
          mix(l.s1, l.s2),
          mix(l.s0, l.s3),
          mix(l.s2, l.t),
          set(l.s3, rotate(get(l.s3), 11)),
          set(l.kept, i16x8.greaterOrEqualUnsigned(get(l.draw), i16x8.splat(get(l.threshold)))),
          v128.store(here, chosen(i32x4.extendLow(get(l.kept)))),
          v128.store(here, chosen(i32x4.extendHigh(get(l.kept))), 16),
          set(l.at, i32.add(get(l.at), i32.const(32))),
        ),
      ),
      ...words.map((word, index) => v128.store(get(l.state), get(word), 16 * index)),
    );
  },
});
