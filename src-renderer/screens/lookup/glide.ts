/** Where each row of a list stood, by its element. */
export type Places = ReadonlyMap<Element, number>;

/** The tops of the rows of a list. */
export function placesOf(list: Element): Places {
  return new Map([...list.children].map((row) => [row, row.getBoundingClientRect().top]));
}

// Svelte's own `animate:` measures and lays out every row that a filter takes away, one by one: two seconds for 500.

/**
 * Moves the rows of a list from where they stood to where they are now. Rows that come into view from nowhere near
 * start at the edge; rows out of view, and all of them for whoever wants less motion, are simply there.
 */
export function glide(list: Element, before: Places, view: DOMRect): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const after = placesOf(list);
  const seen = (top: number) => top > view.top - 100 && top < view.bottom;
  for (const [row, to] of after) {
    const from = before.get(row);
    if (from === undefined || from === to || (!seen(from) && !seen(to))) continue;
    const distance = Math.max(-view.height, Math.min(view.height, from - to));
    row.animate([{ transform: `translateY(${distance}px)` }, { transform: 'none' }], {
      duration: 340,
      easing: 'cubic-bezier(0.2, 0, 0, 1)',
    });
  }
}
