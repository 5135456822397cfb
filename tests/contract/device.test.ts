import { describe, expect, it } from 'vitest';
import { deviceWords } from '../../src-main/contract/device.ts';

describe('what a user is told of the device', () => {
  it.each([
    ['cpu', 'cpu', null, null],
    ['cuda', 'cuda', null, 'The device cuda passed its self-test and is used.'],
    ['cuda', 'cpu', 'no driver', 'The device cuda cannot be used, the processor is: no driver'],
  ])('asked %s, used %s, reason %s: %s', (asked, used, reason, words) => {
    expect(deviceWords({ asked, used, reason })).toBe(words);
  });
});
