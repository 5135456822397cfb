import { expect, it } from 'vitest';
import { ParameterMemory } from '../../../../src-main/engine/training/memory/parameter-memory.ts';
import {
  maskStateArea,
  maskStateBytes,
  MaskSource,
} from '../../../../src-main/engine/training/random/mask-source.ts';

const length = 40_000;
const memory = () =>
  new ParameterMemory({
    parameters: [],
    accumulates: false,
    scratch: { [maskStateArea]: maskStateBytes, mask: length * 4 },
  });

it('drops the wanted share and scales up what is kept', () => {
  const place = memory();
  new MaskSource(place, 1).fill(place.scratch('mask'), length, 0.1);
  const mask = place.scratchFloats('mask', length);
  const dropped = mask.filter((value) => value === 0).length;
  // Five standard deviations of a share of .1 of 40,000 are 300.
  expect(Math.abs(dropped - 4000)).toBeLessThan(300);
  expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / 0.9)]));
});

it('drops neighbours, and elements a whole draw apart, independently of one another', () => {
  const place = memory();
  new MaskSource(place, 2).fill(place.scratch('mask'), length, 0.5);
  const mask = place.scratchFloats('mask', length);
  for (const distance of [1, 2, 4, 8, 16, 64]) {
    let same = 0;
    for (let i = distance; i < length; i++) same += mask[i] === mask[i - distance] ? 1 : 0;
    expect(Math.abs(same / (length - distance) - 0.5), `distance ${distance}`).toBeLessThan(0.0125);
  }
});

it('goes on from a saved state', () => {
  const [one, other] = [memory(), memory()];
  const [source, resumed] = [new MaskSource(one, 3), new MaskSource(other, 4)];
  source.fill(one.scratch('mask'), 1000, 0.2);
  resumed.state = JSON.parse(JSON.stringify(source.state)) as number[];
  source.fill(one.scratch('mask'), 1000, 0.2);
  resumed.fill(other.scratch('mask'), 1000, 0.2);
  expect(other.scratchFloats('mask', 1000)).toEqual(one.scratchFloats('mask', 1000));
});
