import { describe, expect, it } from 'vitest';
import { Generator } from '../../../../src-main/engine/training/random/generator.ts';

describe('the generator', () => {
  it('makes the numbers of xoshiro128++ as its authors publish it', () => {
    const generator = Generator.from([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => generator.next())).toEqual([
      641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011,
      621204420,
    ]);
  });

  it('goes on from a saved state, also after JSON', () => {
    const generator = Generator.seeded(7, 'order');
    for (let i = 0; i < 100; i++) generator.next();
    const copy = Generator.from(
      JSON.parse(JSON.stringify(generator.state)) as [number, number, number, number],
    );
    expect(Array.from({ length: 50 }, () => copy.next())).toEqual(
      Array.from({ length: 50 }, () => generator.next()),
    );
  });

  it('differs by seed, by the upper half of a large seed, and by purpose', () => {
    const seeds = [
      Generator.seeded(1),
      Generator.seeded(2),
      Generator.seeded(1 + 2 ** 32),
      Generator.seeded(1, 'order'),
      Generator.seeded(1, 'masks'),
    ];
    expect(new Set(seeds.map((each) => each.next())).size).toBe(seeds.length);
  });

  it('shuffles into every order about as often as into any other', () => {
    const generator = Generator.seeded(3);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = generator.shuffle([0, 1, 2]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    // Six orders, 1,000 each; five standard deviations are 144.
    expect([...counts.values()].filter((count) => Math.abs(count - 1000) < 144)).toHaveLength(6);
  });
});
