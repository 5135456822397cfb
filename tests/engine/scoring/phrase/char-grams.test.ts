import { expect, it } from 'vitest';
import { charGrams, sharedCount } from '../../../../src-main/engine/scoring/phrase/char-grams.ts';

it('counts each distinct n-gram of the padded text once', () => {
  expect(charGrams('ab', 2)).toHaveLength(3);
  expect(charGrams('aaaa', 2)).toHaveLength(3);
});

it.each(['', 'a', '水', '😀'])('gives %j at least one gram', (text) => {
  expect(charGrams(text, 4).length).toBeGreaterThan(0);
});

it('shares all with itself, some with a neighbour and none with a stranger', () => {
  const [pump, pumps, axle] = ['pump', 'pumps', 'axle'].map((text) => charGrams(text, 3)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  expect([sharedCount(pump, pump), sharedCount(pump, pumps), sharedCount(pump, axle)]).toEqual([
    pump.length,
    3,
    0,
  ]);
});
