import { describe, expect, it } from 'vitest';
import { queueAddress, shownAddress } from '../../src-main/queue/queue-address.ts';

describe('the address of a queue', () => {
  it.each([
    'redis://localhost',
    'redis://localhost:6379',
    'rediss://queue.example:6380/2',
    'redis://me:secret@[::1]:6379',
  ])('may be %s', (address) => {
    expect(queueAddress(address).protocol).toMatch(/^rediss?:$/);
  });

  it.each([
    '',
    'localhost:6379',
    'http://localhost',
    'redis://',
    'redis:///0',
    'redis://h/a',
    'redis://h?x=1',
  ])('may not be %j', (address) => {
    expect(() => queueAddress(address)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('is shown without its password, also where it is refused', () => {
    expect(shownAddress(queueAddress('redis://me:secret@host'))).toBe('redis://me:***@host');
    expect(() => queueAddress('http://me:secret@host')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});
