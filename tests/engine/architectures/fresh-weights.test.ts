import { describe, expect, it } from 'vitest';
import { fillFresh } from '../../../src-main/engine/architectures/fresh-weights.ts';
import type { Parameter } from '../../../src-main/engine/architectures/parameter.ts';

const parameter = (change: Partial<Parameter> = {}): Parameter => ({
  name: 'encoder.layer.0.output.dense.weight',
  shape: [200, 50],
  kind: 'matrix',
  initial: { rule: 'normal', deviation: 0.02 },
  depth: 1,
  ...change,
});

function filled(each: Parameter, seed: number): Float32Array {
  const target = new Float32Array(each.shape.reduce((product, size) => product * size, 1)).fill(7);
  fillFresh(each, seed, target);
  return target;
}

describe('fresh weights', () => {
  it('are normally distributed with the deviation that was asked for', () => {
    const numbers = filled(parameter(), 1);
    const moment = (power: number): number =>
      numbers.reduce((sum, value) => sum + (value / 0.02) ** power, 0) / numbers.length;
    // Mean 0, variance 1, skewness 0, kurtosis 3, within about four standard errors of 10,000 numbers.
    expect(Math.abs(moment(1))).toBeLessThan(0.04);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.06);
    expect(Math.abs(moment(3))).toBeLessThan(0.16);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.4);
  });

  it('are the same for the same seed and name, and others for another one', () => {
    const first = filled(parameter(), 1);
    expect(filled(parameter(), 1)).toEqual(first);
    for (const other of [
      filled(parameter(), 2),
      filled(parameter({ name: 'encoder.layer.1.output.dense.weight' }), 1),
    ]) {
      const product = first.reduce((sum, value, at) => sum + value * (other[at] as number), 0);
      expect(Math.abs(product / (first.length * 0.02 ** 2))).toBeLessThan(0.04);
    }
  });

  it('begin as zeros and ones where the rule says so, and with a zero row for padding', () => {
    expect(new Set(filled(parameter({ initial: { rule: 'zeros' } }), 1))).toEqual(new Set([0]));
    expect(new Set(filled(parameter({ initial: { rule: 'ones' } }), 1))).toEqual(new Set([1]));
    const table = filled(parameter({ initial: { rule: 'normal', deviation: 1, zeroRow: 3 } }), 1);
    const zeros = [...table.entries()].filter(([, value]) => value === 0).map(([at]) => at);
    expect(zeros).toEqual(Array.from({ length: 50 }, (_, at) => 150 + at));
  });
});
