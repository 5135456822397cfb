import { describe, expect, it } from 'vitest';
import { createKernels } from '../../../../src-main/engine/training/kernels/kernels.ts';
import { seededNormal } from '../../../support/seeded-normal.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import {
  referenceAddInto,
  referenceAddRows,
  referenceAdamw,
  referenceFillMask,
  referenceSumOfSquares,
} from './reference-kernels.ts';

/** A memory of one page, four areas of it, and the kernels. */
function workbench(length: number) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const address = (area: number) => 64 + area * length * 4;
  const area = (index: number) => new Float32Array(memory.buffer, address(index), length);
  return { memory, address, area, kernels: createKernels(memory) };
}

function fill(target: Float32Array, next: () => number): Float32Array {
  for (let i = 0; i < target.length; i++) target[i] = next();
  return target;
}

describe('kernels', () => {
  it('take the steps of AdamW bit for bit as the plain reference does, over sizes from tiny to huge', () => {
    const normal = seededNormal(1);
    const { area, address, kernels } = workbench(64);
    const areas = [0, 1, 2, 3].map(area);
    areas.forEach((each) => fill(each, () => normal() * 10 ** (normal() * 6)));
    areas[3]?.forEach((value, i, all) => (all[i] = Math.abs(value)));
    const [values, gradients, first, second] = areas.map((each) => each.slice()) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (let step = 1; step <= 20; step++) {
      const settings = {
        scale: 0.37,
        keep: 1 - 1e-4,
        gain1: 0.1,
        beta2: 0.999,
        gain2: 0.001,
        size: 1e-3 / (1 - 0.9 ** step),
        root: Math.sqrt(1 - 0.999 ** step),
        epsilon: 1e-8,
      };
      const numbers = Object.values(settings) as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      kernels.adamw(address(0), address(1), address(2), address(3), 64 * 4, ...numbers);
      referenceAdamw({ values, gradients, first, second }, settings);
    }
    expect(areas).toEqual([values, gradients, first, second]);
  });

  it('sum squares in 64 bits in a fixed order', () => {
    const normal = seededNormal(2);
    const { area, address, kernels } = workbench(4096);
    const values = fill(area(0), () => normal() * 1e15);
    expect(kernels.sumOfSquares(address(0), 4096 * 4)).toBe(referenceSumOfSquares(values));
    expect(kernels.sumOfSquares(address(0), 0)).toBe(0);
  });

  it('tell of a value that is not a number, and of one that is infinite', () => {
    const { area, address, kernels } = workbench(16);
    area(0)[7] = NaN;
    expect(kernels.sumOfSquares(address(0), 64)).toBeNaN();
    area(0)[7] = -Infinity;
    expect(kernels.sumOfSquares(address(0), 64)).toBe(Infinity);
  });

  it('add one area into another, scaled', () => {
    const normal = seededNormal(3);
    const { area, address, kernels } = workbench(256);
    const [target, source] = [fill(area(0), normal), fill(area(1), normal)];
    const expected = target.slice();
    referenceAddInto(expected, source, 0.3);
    kernels.addInto(address(0), address(1), 256 * 4, 0.3);
    expect(target).toEqual(expected);
  });

  it.each([1, 3, 4, 7, 16, 30])('add rows of %i numbers at indices that repeat', (columns) => {
    const [normal, random] = [seededNormal(4), seededRandom(columns)];
    const { memory, area, address, kernels } = workbench(1024);
    const [table, rows] = [fill(area(0), normal), fill(area(1), normal)];
    const indices = new Int32Array(memory.buffer, address(2), 25);
    for (let i = 0; i < indices.length; i++) indices[i] = Math.floor(random() * 6);
    const expected = table.slice();
    referenceAddRows(expected, rows, indices, columns);
    kernels.addRows(address(0), address(1), address(2), 25, columns * 4);
    expect(table).toEqual(expected);
  });

  it('fill masks and move the state on as the plain generator does', () => {
    const { memory, area, address, kernels } = workbench(512);
    const state = new Uint32Array(memory.buffer, 0, 16);
    const random = seededRandom(5);
    for (let i = 0; i < state.length; i++) state[i] = random() * 2 ** 32;
    const [expectedState, expected] = [state.slice(), new Float32Array(512)];
    const keep = Math.fround(1 / 0.9);
    referenceFillMask(expectedState, expected, 6554, keep);
    kernels.fillMask(0, address(0), 512 * 4, 6554, 1 / 0.9);
    expect(area(0)).toEqual(expected);
    expect(state).toEqual(expectedState);
  });

  it('keep everything where nothing is to be dropped', () => {
    const { memory, area, address, kernels } = workbench(64);
    new Uint32Array(memory.buffer, 0, 16).fill(12345);
    kernels.fillMask(0, address(0), 256, 0, 1);
    expect(area(0)).toEqual(new Float32Array(64).fill(1));
  });

  it('make the draws of xoshiro128++ for the state 1, 2, 3, 4 as its authors publish it', () => {
    const { memory, address, kernels } = workbench(64);
    const state = new Uint32Array(memory.buffer, 0, 16);
    [1, 2, 3, 4].forEach((word, index) => state.fill(word, 4 * index, 4 * index + 4));
    const mask = new Float32Array(memory.buffer, address(0), 8);
    // The first outputs of the reference C code: 641, 1573767, ...; a threshold at one half-word tells its value.
    for (const [low, high] of [
      [641, 0],
      [1573767 & 0xffff, 1573767 >>> 16],
    ] as const) {
      const before = state.slice();
      const keptAt = (threshold: number, half: 0 | 1) => {
        state.set(before);
        kernels.fillMask(0, address(0), 32, threshold, 1);
        return mask[half];
      };
      expect([keptAt(low, 0), keptAt(low + 1, 0), keptAt(high, 1), keptAt(high + 1, 1)]).toEqual([
        1, 0, 1, 0,
      ]);
    }
  });
});
