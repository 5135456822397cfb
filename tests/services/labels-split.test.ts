import { describe, expect, it } from 'vitest';
import { heldOutAnchors } from '../../src-main/services/labels-split.ts';

const anchors = Array.from({ length: 200 }, (_, at) => `anchor ${at}`);
const settings = { share: 0.15, seed: 1 };

describe('heldOutAnchors', () => {
  it('takes the share of the anchors', () => {
    expect(heldOutAnchors(anchors, settings).size).toBe(30);
    expect(heldOutAnchors(anchors, { ...settings, share: 0.5 }).size).toBe(100);
  });

  it('does not depend on the order or the number of rows', () => {
    const rows = [...anchors, ...anchors.slice(0, 50)].reverse();
    expect(heldOutAnchors(rows, settings)).toEqual(heldOutAnchors(anchors, settings));
  });

  it('is another one for another seed', () => {
    expect(heldOutAnchors(anchors, { ...settings, seed: 2 })).not.toEqual(heldOutAnchors(anchors, settings));
  });

  it('moves few anchors when some are added', () => {
    const before = heldOutAnchors(anchors, settings);
    const after = heldOutAnchors([...anchors, 'one', 'two', 'three'], settings);
    expect([...before].filter((anchor) => !after.has(anchor)).length).toBeLessThanOrEqual(3);
  });

  it('leaves at least one anchor on either side', () => {
    expect(heldOutAnchors(['a', 'b'], { share: 0.01, seed: 0 }).size).toBe(1);
    expect(heldOutAnchors(['a', 'b', 'c'], { share: 0.5, seed: 0 }).size).toBe(2);
    expect(() => heldOutAnchors(['a', 'a'], settings)).toThrow('1 distinct anchor');
  });
});
