import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../../src-main/engine/training/memory/memory-layout.ts';
import { ParameterMemory } from '../../../../src-main/engine/training/memory/parameter-memory.ts';

const someParameters = fc.array(
  fc.record({
    shape: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
    trained: fc.boolean(),
  }),
  { maxLength: 20 },
);

describe('the memory of a model', () => {
  it('gives every area a place of its own, aligned to cache lines', () => {
    fc.assert(
      fc.property(someParameters, fc.boolean(), (some, accumulates) => {
        const parameters = some.map((each, index) => ({ ...each, name: `p${index}` }));
        const memory = new ParameterMemory({ parameters, accumulates, scratch: { a: 5, b: 100 } });
        const views = [
          memory.scratchFloats('a', 1),
          memory.scratchFloats('b', 25),
          ...parameters.flatMap(({ name, trained }) =>
            trained
              ? [
                  memory.values(name),
                  memory.gradients(name),
                  ...(accumulates ? [memory.runGradients(name)] : []),
                ]
              : [memory.values(name)],
          ),
        ];
        const ranges = views.map((view) => [view.byteOffset, view.byteOffset + view.byteLength] as const);
        ranges.sort(([a], [b]) => a - b);
        for (const [index, [start]] of ranges.entries()) {
          expect(start % 64).toBe(0);
          expect(start).toBeGreaterThanOrEqual(ranges[index - 1]?.[1] ?? 64);
        }
        expect(ranges.at(-1)?.[1]).toBeLessThanOrEqual(memory.layout.bytes);
      }),
    );
  });

  it('holds no gradient and no moments of what is frozen', () => {
    const shape = [1000, 1000];
    const bytes = (trained: boolean) =>
      layOut({ parameters: [{ name: 'w', shape, trained }], accumulates: false, scratch: {} }).bytes;
    expect([bytes(false), bytes(true)]).toEqual([64 + 4_000_000, 64 + 4 * 4_000_000]);
  });

  it('refuses what can not be addressed and says what to do', () => {
    const parameters = [{ name: 'embeddings', shape: [128_000, 2_500], trained: true }];
    expect(() => layOut({ parameters, accumulates: false, scratch: {} })).toThrow(
      'Training needs 4.8 GiB for 320 million trained and 0 million frozen parameters; at most 4 GiB can be used. Freeze',
    );
  });
});
