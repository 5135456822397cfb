import { f32, f32x4, get, i32, sequence, set, v128, whileTrue } from './wasm/instructions.ts';
import { wasmFunction } from './wasm/module.ts';

/**
 * table[indices[i]] = table[indices[i]] + rows[i], for `count` rows of `rowBytes` bytes, one after the other: indices (32-bit,
 * not negative) may repeat, and the order of the sums is that of the rows.
 */
export const addRows = wasmFunction({
  parameters: { table: 'i32', rows: 'i32', indices: 'i32', count: 'i32', rowBytes: 'i32' },
  locals: { row: 'i32', target: 'i32', source: 'i32', end: 'i32', wideEnd: 'i32' },
  result: null,
  body: (l) => {
    const index = i32.load(i32.add(get(l.indices), i32.shiftLeft(get(l.row), i32.const(2))));
    const advance = (bytes: number) =>
      sequence(
        set(l.source, i32.add(get(l.source), i32.const(bytes))),
        set(l.target, i32.add(get(l.target), i32.const(bytes))),
      );
    const wide = f32x4.add(v128.load(get(l.target)), v128.load(get(l.source)));
    const single = f32.add(f32.load(get(l.target)), f32.load(get(l.source)));
    return whileTrue(
      i32.lessUnsigned(get(l.row), get(l.count)),
      sequence(
        set(l.target, i32.add(get(l.table), i32.multiply(index, get(l.rowBytes)))),
        set(l.source, i32.add(get(l.rows), i32.multiply(get(l.row), get(l.rowBytes)))),
        set(l.end, i32.add(get(l.source), get(l.rowBytes))),
        set(l.wideEnd, i32.add(get(l.source), i32.and(get(l.rowBytes), i32.const(-16)))),
        whileTrue(
          i32.lessUnsigned(get(l.source), get(l.wideEnd)),
          sequence(v128.store(get(l.target), wide), advance(16)),
        ),
        whileTrue(
          i32.lessUnsigned(get(l.source), get(l.end)),
          sequence(f32.store(get(l.target), single), advance(4)),
        ),
        set(l.row, i32.add(get(l.row), i32.const(1))),
      ),
    );
  },
});
