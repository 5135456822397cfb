import { tick } from 'svelte';

/**
 * Call it before a change of the page inside `root`: where the change takes away what has the keyboard, the first button
 * of the same `data-place` gets it, else `root`, which must be able to.
 */
export async function keepFocus(root: HTMLElement | undefined): Promise<void> {
  const focused = document.activeElement;
  if (root === undefined || focused === null || !root.contains(focused)) return;
  const place = focused.closest<HTMLElement>('[data-place]')?.dataset['place'];
  await tick();
  if (document.activeElement !== document.body && root.contains(document.activeElement)) return;
  const there =
    place === undefined ? null : root.querySelector<HTMLElement>(`[data-place="${place}"] button`);
  (there ?? root).focus({ preventScroll: true });
}
