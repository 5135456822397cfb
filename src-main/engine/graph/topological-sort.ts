/**
 * Puts items in an order in which each comes after all that it depends on, and otherwise as they came; or tells the items of a
 * circle. Works without recursion, so that depth is no danger.
 */
export function topologicalSort<Item>(
  items: readonly Item[],
  dependencies: (item: Item) => Iterable<Item>,
): { readonly order: readonly Item[] } | { readonly circle: readonly Item[] } {
  const waiting = new Map<Item, number>();
  const dependents = new Map<Item, Item[]>();
  const position = new Map(items.map((item, at) => [item, at]));
  for (const item of items) {
    const needed = new Set(dependencies(item));
    waiting.set(item, needed.size);
    for (const each of needed) {
      const known = dependents.get(each);
      if (known) known.push(item);
      else dependents.set(each, [item]);
    }
  }
  const ready = new EarliestFirst();
  for (const [item, count] of waiting) if (count === 0) ready.add(position.get(item) as number);
  const order: Item[] = [];
  for (let next = ready.take(); next !== null; next = ready.take()) {
    const item = items[next] as Item;
    order.push(item);
    for (const each of dependents.get(item) ?? []) {
      const left = (waiting.get(each) ?? 0) - 1;
      waiting.set(each, left);
      if (left === 0) ready.add(position.get(each) as number);
    }
  }
  return order.length === items.length
    ? { order }
    : { circle: items.filter((item) => waiting.get(item) !== 0) };
}

/** A heap of numbers that gives the smallest first. */
class EarliestFirst {
  readonly #heap: number[] = [];

  add(value: number): void {
    const heap = this.#heap;
    let at = heap.push(value) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((heap[parent] as number) <= value) break;
      heap[at] = heap[parent] as number;
      at = parent;
    }
    heap[at] = value;
  }

  take(): number | null {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return null;
    let at = 0;
    while (2 * at + 1 < heap.length) {
      const left = 2 * at + 1;
      const child = (heap[left + 1] ?? Infinity) < (heap[left] as number) ? left + 1 : left;
      if ((heap[child] as number) >= last) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    if (heap.length > 0) heap[at] = last;
    return first;
  }
}
