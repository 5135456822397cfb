import { f32x4, f64, f64x2, get, i32, sequence, set, v128, whileTrue } from './wasm/instructions.ts';
import { wasmFunction } from './wasm/module.ts';

/**
 * The sum of the squares of `bytes` bytes of floats, in 64 bits: four running sums, one for each place modulo four, added
 * as (0 + 2) + (1 + 3).
 */
export const sumOfSquares = wasmFunction({
  parameters: { values: 'i32', bytes: 'i32' },
  locals: { at: 'i32', four: 'v128', pair: 'v128', low: 'v128', high: 'v128' },
  result: 'f64',
  body: (l) => {
    const addSquares = (sum: number, of: ReturnType<typeof get>) =>
      sequence(
        set(l.pair, f64x2.promoteLow(of)),
        set(sum, f64x2.add(get(sum), f64x2.multiply(get(l.pair), get(l.pair)))),
      );
    return sequence(
      whileTrue(
        i32.lessUnsigned(get(l.at), get(l.bytes)),
        sequence(
          set(l.four, v128.load(i32.add(get(l.values), get(l.at)))),
          addSquares(l.low, get(l.four)),
          addSquares(l.high, f32x4.upperHalf(get(l.four))),
          set(l.at, i32.add(get(l.at), i32.const(16))),
        ),
      ),
      set(l.pair, f64x2.add(get(l.low), get(l.high))),
      f64.add(f64x2.lane(get(l.pair), 0), f64x2.lane(get(l.pair), 1)),
    );
  },
});
