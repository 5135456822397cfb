import { flip } from 'svelte/animate';
import type { AnimationConfig } from 'svelte/animate';

/** Where the list is, and whether its rows should be seen to move. */
export interface SettleOptions {
  readonly moving: boolean;
  readonly viewport: () => DOMRect | undefined;
}

/**
 * Moves a row from its old place to its new one, where either is in view; rows out of view, and all of them
 * for whoever wants less motion, are simply there.
 */
export function settle(
  node: Element,
  places: { from: DOMRect; to: DOMRect },
  { moving, viewport }: SettleOptions,
): AnimationConfig {
  const still = { duration: 0 };
  const box = viewport();
  if (!moving || box === undefined || matchMedia('(prefers-reduced-motion: reduce)').matches) return still;
  const seen = (place: DOMRect) => place.bottom > box.top && place.top < box.bottom;
  if (!seen(places.from) && !seen(places.to)) return still;
  // A row from far away comes in from the edge of the list instead of crossing the whole of it.
  const reach = box.height;
  const top = Math.min(places.to.top + reach, Math.max(places.to.top - reach, places.from.top));
  const from = new DOMRect(places.from.x, top, places.from.width, places.from.height);
  return flip(node, { from, to: places.to }, { duration: 340, easing: easeOut });
}

function easeOut(time: number): number {
  return 1 - (1 - time) ** 3;
}
