import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flushSync } from 'svelte';
import Histogram from '../../../src-renderer/charts/Histogram.svelte';
import { mounted } from '../support/mounted.ts';
import type { Mounted } from '../support/mounted.ts';

const bins = [30, 0, 0, 0, 0, 10, 0, 0, 0, 0, 5, 0, 0, 0, 0, 4, 0, 0, 0, 1];

describe('the histogram', () => {
  let page: Mounted;
  const onpick = vi.fn();
  const bars = () => [...page.target.querySelectorAll<HTMLButtonElement>('[role=toolbar] button')];

  beforeEach(() => {
    onpick.mockClear();
    page = mounted(Histogram, { bins, ratings: [30, 10, 5, 4, 1], chosen: [3], onpick });
  });
  afterEach(() => page.end());

  it('says the count, the share and the rating of each bin', () => {
    expect(bars()[5]!.getAttribute('aria-label')).toBe('0.25 to 0.30: 10 rows, 20.0 %, related');
    expect(bars()[19]!.getAttribute('aria-label')).toBe('0.95 to 1.00: 1 row, 2.0 %, very close');
  });

  it('is one stop of the keyboard, whose arrows go from bin to bin and stop at the ends', () => {
    expect(bars().filter((bar) => bar.tabIndex === 0)).toEqual([bars()[0]]);
    bars()[0]!.focus();
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowRight']) page.press(document.activeElement!, key);
    expect(document.activeElement).toBe(bars()[2]);
    page.press(document.activeElement!, 'End');
    flushSync();
    expect(document.activeElement).toBe(bars()[19]);
    expect(page.target.querySelector('.told')!.textContent).toContain('0.95 to 1.00 1 row, 2.0 %');
  });

  it('filters by the rating of a bin', () => {
    bars()[5]!.click();
    expect(onpick).toHaveBeenCalledWith(1);
    expect(bars()[15]!.getAttribute('aria-pressed')).toBe('true');
  });

  it('is a table as well', () => {
    const rows = [...page.target.querySelectorAll('tbody tr')];
    expect([...rows[15]!.children].map((cell) => cell.textContent)).toEqual([
      '0.75 to 0.80',
      'synonym',
      '4',
      '8.0 %',
    ]);
    expect(rows).toHaveLength(20);
  });
});
