import { describe, expect, it } from 'vitest';
import { placeAfter, placeAt, trackHeight } from '../../../src-renderer/state/sheet-scroll.ts';

const short = { content: 36_000, viewport: 600 };
const long = { content: 36_000_000, viewport: 600 };
const bottom = { top: long.content - 600, scrollTop: trackHeight(long) - 600 };

describe('scrolling a list', () => {
  it('is the business of the browser alone while the list is short', () => {
    expect(trackHeight(short)).toBe(36_000);
    expect(placeAfter({ top: 0, scrollTop: 0 }, 1234, short)).toEqual({ top: 1234, scrollTop: 1234 });
    expect(placeAt(50_000, short)).toEqual({ top: 35_400, scrollTop: 35_400 });
  });

  it('keeps the track of a long list below what browsers can lay out', () => {
    expect(trackHeight(long)).toBeLessThan(17_000_000);
    expect(placeAt(long.content, long)).toEqual(bottom);
    expect(placeAt(0, long)).toEqual({ top: 0, scrollTop: 0 });
  });

  it('moves a long list one to one by the wheel, in proportion by the scroll bar', () => {
    const before = placeAt(18_000_000, long);
    expect(placeAfter(before, before.scrollTop + 100, long).top - before.top).toBe(100);
    expect(placeAfter(before, bottom.scrollTop, long).top).toBe(bottom.top);
    expect(placeAfter(before, trackHeight(long) / 4, long).top).toBeCloseTo(9_000_000, -3);
  });

  it('gives the track more room where it has run out before the list', () => {
    const near = { top: 3000, scrollTop: 100 };
    const after = placeAfter(near, 0, long);
    expect(after).toEqual({ top: 2900, scrollTop: 1208 });
  });

  it('reaches both ends by small steps alone', () => {
    let place = placeAt(5000, long);
    for (let step = 0; step < 150; step++)
      place = placeAfter(place, Math.max(0, place.scrollTop - 100), long);
    expect(place).toEqual({ top: 0, scrollTop: 0 });
    place = placeAt(long.content - 5600, long);
    for (let step = 0; step < 150; step++)
      place = placeAfter(place, Math.min(bottom.scrollTop, place.scrollTop + 100), long);
    expect(place).toEqual(bottom);
  });
});
