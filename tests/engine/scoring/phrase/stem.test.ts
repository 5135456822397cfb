import { describe, expect, it } from 'vitest';
import { root, stem } from '../../../../src-main/engine/scoring/phrase/stem.ts';

describe('the stem of a word', () => {
  it.each([
    ['pumps', 'pump'],
    ['making', 'make'],
    ['boxes', 'box'],
    ['batteries', 'battery'],
    ['spinning', 'spin'],
    ['coupled', 'couple'],
    ['heating', 'heats'],
  ])('is one for %s and %s', (a, b) => {
    expect(stem(a)).toBe(stem(b));
  });

  it.each(['gas', 'glass', 'bus', 'axis', 'ring', 'red', 'x', ''])('leaves %j whole', (word) => {
    expect(stem(word)).toBe(word);
  });
});

describe('the root of a stem', () => {
  it.each([
    ['generation', 'generator'],
    ['conductive', 'conduction'],
    ['etherification', 'etherify'],
    ['stabilizer', 'stabilization'],
  ])('is one for %s and %s', (a, b) => {
    expect(root(stem(a)).slice(0, 6)).toBe(root(stem(b)).slice(0, 6));
  });

  it('keeps four letters at least', () => {
    expect(['nation', 'motor', 'metal', 'station'].map((word) => root(stem(word)).length >= 4)).not.toContain(
      false,
    );
  });
});
