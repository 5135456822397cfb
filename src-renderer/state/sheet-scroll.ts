// Browsers limit how tall an element can be (about 17 million px in the strictest, 33 in Chromium). A list beyond the
// limit lies on a shorter track: small movements are one to one, large ones, such as of the scroll bar, in proportion.

/** What the list measures, in px. */
export interface ScrollSizes {
  /** Of all rows. */
  readonly content: number;
  /** Of what shows at once. */
  readonly viewport: number;
}

/** Where the list is: `top` in its own px, `scrollTop` on the track. */
export interface ScrollPlace {
  readonly top: number;
  readonly scrollTop: number;
}

const trackAtMost = 15_000_000;

/** The height of the track that the browser scrolls. */
export function trackHeight({ content }: ScrollSizes): number {
  return Math.min(content, trackAtMost);
}

/** The place of a top in the list's own px, kept within the list. */
export function placeAt(top: number, sizes: ScrollSizes): ScrollPlace {
  const most = sizes.content - sizes.viewport;
  const within = clamp(top, most);
  const scrollTop = Math.round(within * ratio(sizes));
  // A track at its edge goes no farther, and the list must not stay a pixel short of its own.
  if (scrollTop === 0 && within < 1 / ratio(sizes)) return { top: 0, scrollTop };
  if (within > most - 1 / ratio(sizes))
    return { top: most, scrollTop: Math.max(0, trackHeight(sizes) - sizes.viewport) };
  return { top: within, scrollTop };
}

/** The place after the browser has scrolled the track; where its `scrollTop` is another one, the track must follow. */
export function placeAfter(before: ScrollPlace, scrollTop: number, sizes: ScrollSizes): ScrollPlace {
  const share = ratio(sizes);
  if (share === 1) return { top: scrollTop, scrollTop };
  const moved = scrollTop - before.scrollTop;
  if (Math.abs(moved) > 3 * sizes.viewport)
    return { top: clamp(scrollTop / share, sizes.content - sizes.viewport), scrollTop };
  const top = clamp(before.top + moved, sizes.content - sizes.viewport);
  const atEdge = scrollTop <= 0 || scrollTop >= trackHeight(sizes) - sizes.viewport;
  const listAtEdge = top <= 0 || top >= sizes.content - sizes.viewport;
  // The track has run out before the list, or the other way round.
  return atEdge || listAtEdge ? placeAt(top, sizes) : { top, scrollTop };
}

function ratio(sizes: ScrollSizes): number {
  const own = sizes.content - sizes.viewport;
  return own <= 0 ? 1 : (trackHeight(sizes) - sizes.viewport) / own;
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}
