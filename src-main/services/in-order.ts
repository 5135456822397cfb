/**
 * Works on some items at a time and gives the results in the order of the items. Once one fails, or nobody asks for more,
 * the signal that the others hear is given, and all of them have ended when this ends.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  atOnce: number,
  signal: AbortSignal | undefined,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): AsyncGenerator<Result> {
  const own = new AbortController();
  const both = signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]);
  const going: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = work(item, both);
      // Its failure is met when its turn comes.
      result.catch(() => {});
      going.push(result);
      if (going.length >= atOnce) yield await going.shift()!;
    }
    while (going.length > 0) yield await going.shift()!;
  } finally {
    own.abort();
    await Promise.allSettled(going);
  }
}
