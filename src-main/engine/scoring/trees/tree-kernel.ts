import {
  f32,
  f32x4,
  get,
  i16x8,
  i32,
  i8x16,
  ifElse,
  sequence,
  set,
  v128,
  whileTrue,
} from '../../training/kernels/wasm/instructions.ts';
import type { Code } from '../../training/kernels/wasm/code.ts';
import { wasmFunction } from '../../training/kernels/wasm/module.ts';

/** Rows that the kernels work on side by side. */
export const rowsAtOnce = 16;

/**
 * Strikes leaves out that 16 rows do not reach. `tests` holds, for each feature: the place of its values in `features` (a feature's
 * 16 values stand side by side), the bytes of its thresholds, and for each threshold, rising: the threshold, the bytes of its
 * entries, and the entries: the leaves that a row above the threshold can't reach, eight of a tree at a time, as
 * (place in `leaves`) * 256 + bits.
 *
 * This is QuickScorer (Lucchese and others, 2015) over 16 rows: no branch hangs on where a row goes, so that none is guessed wrong.
 */
export const strikeLeaves = wasmFunction({
  parameters: { tests: 'i32', testsEnd: 'i32', features: 'i32', leaves: 'i32' },
  locals: {
    next: 'i32',
    x: 'i32',
    entry: 'i32',
    end: 'i32',
    word: 'i32',
    x0: 'v128',
    x1: 'v128',
    x2: 'v128',
    x3: 'v128',
    threshold: 'v128',
    above: 'v128',
  },
  result: null,
  body: (l) => {
    const values = [l.x0, l.x1, l.x2, l.x3];
    const [m0, m1, m2, m3] = values.map((value) => f32x4.greater(get(value), get(l.threshold))) as [
      Code,
      Code,
      Code,
      Code,
    ];
    const place = i32.add(get(l.leaves), i32.shiftRightUnsigned(get(l.word), i32.const(8)));
    const struck = v128.and(get(l.above), i8x16.splat(get(l.word)));
    const strike = whileTrue(
      i32.lessUnsigned(get(l.entry), get(l.end)),
      sequence(
        set(l.word, i32.load(get(l.entry))),
        v128.store(place, v128.andNot(v128.load(place), struck)),
        set(l.entry, i32.add(get(l.entry), i32.const(4))),
      ),
    );
    return whileTrue(
      i32.lessUnsigned(get(l.tests), get(l.testsEnd)),
      sequence(
        set(l.x, i32.add(get(l.features), i32.load(get(l.tests)))),
        ...values.map((value, quarter) => set(value, v128.load(get(l.x), 16 * quarter))),
        set(l.tests, i32.add(get(l.tests), i32.const(8))),
        set(l.next, i32.add(get(l.tests), i32.load(i32.subtract(get(l.tests), i32.const(4))))),
        whileTrue(
          i32.lessUnsigned(get(l.tests), get(l.next)),
          sequence(
            set(l.threshold, v128.loadSplat32(get(l.tests))),
            set(l.above, i8x16.narrow(i16x8.narrow(m0, m1), i16x8.narrow(m2, m3))),
            ifElse(
              v128.anyTrue(get(l.above)),
              sequence(
                set(l.entry, i32.add(get(l.tests), i32.const(8))),
                set(l.end, i32.add(get(l.entry), i32.load(get(l.tests), 4))),
                strike,
                set(l.tests, get(l.end)),
              ),
              // No row is above any of the higher thresholds either.
              set(l.tests, get(l.next)),
            ),
          ),
        ),
      ),
    );
  },
});

const sumNames = Array.from({ length: rowsAtOnce }, (_, row) => `sum${row}` as const);

/**
 * Adds up the values of the leaves that 16 rows reach: of each tree the first that is not struck out. `leaves` holds 64 bytes a
 * tree, `values` 32 floats a tree; `sums` gets 16 floats.
 */
export const addLeaves = wasmFunction({
  parameters: { leaves: 'i32', leavesEnd: 'i32', values: 'i32', sums: 'i32' },
  locals: {
    place: 'v128',
    byte: 'v128',
    ...(Object.fromEntries(sumNames.map((name) => [name, 'f32'])) as Record<`sum${number}`, 'f32'>),
  },
  result: null,
  body: (locals) => {
    const l = locals as Readonly<Record<string, number>> & typeof locals;
    // Zeros below the lowest one of a byte; 8 where there is none, so that the count of the next byte is to be added.
    const zeros = i8x16.countOnes(
      v128.andNot(i8x16.subtract(get(l.byte), i8x16.splat(i32.const(1))), get(l.byte)),
    );
    const [first, ...rest] = [3, 2, 1, 0];
    const lower = (quarter: number) => set(l.byte, v128.load(get(l.leaves), 16 * quarter));
    return sequence(
      whileTrue(
        i32.lessUnsigned(get(l.leaves), get(l.leavesEnd)),
        sequence(
          lower(first as number),
          set(l.place, zeros),
          ...rest.flatMap((quarter) => [
            lower(quarter),
            set(l.place, i8x16.add(zeros, v128.and(get(l.place), i8x16.equal(get(l.byte), v128.zero)))),
          ]),
          ...sumNames.map((name, row) => {
            const at = i32.add(get(l.values), i32.shiftLeft(i8x16.lane(get(l.place), row), i32.const(2)));
            return set(l[name] as number, f32.add(get(l[name] as number), f32.load(at)));
          }),
          set(l.leaves, i32.add(get(l.leaves), i32.const(64))),
          set(l.values, i32.add(get(l.values), i32.const(128))),
        ),
      ),
      ...sumNames.map((name, row) => f32.store(get(l.sums), get(l[name] as number), 4 * row)),
    );
  },
});
