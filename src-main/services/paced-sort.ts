import type { Store } from '../store/store.ts';

const piece = 2 ** 16;

/** Numbers in ascending order, sorted in pieces between which the process breathes. */
export async function pacedSort(numbers: Float64Array, store: Pick<Store, 'rest'>): Promise<Float64Array> {
  let from = numbers.slice();
  for (let at = 0; at < from.length; at += piece) {
    from.subarray(at, at + piece).sort();
    if (at > 0) await store.rest();
  }
  let to = new Float64Array(from.length);
  for (let width = piece; width < from.length; width *= 2) {
    for (let at = 0; at < from.length; at += 2 * width) {
      await merge(
        from,
        to,
        at,
        Math.min(from.length, at + width),
        Math.min(from.length, at + 2 * width),
        store,
      );
    }
    [from, to] = [to, from];
    await store.rest();
  }
  return from;
}

async function merge(
  from: Float64Array,
  to: Float64Array,
  start: number,
  middle: number,
  end: number,
  store: Pick<Store, 'rest'>,
): Promise<void> {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    if (at > start && at % (4 * piece) === 0) await store.rest();
    const takeLeft = left < middle && (right >= end || from[left]! <= from[right]!);
    to[at] = takeLeft ? from[left++]! : from[right++]!;
  }
}
