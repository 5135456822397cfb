import { describe, expect, it } from 'vitest';
import { mayLoad, pageAddress } from '../../src-main/electron/page-address.ts';

describe('the page of the window', () => {
  it.each([
    [true, 'http://127.0.0.1:5173/', 'priorphrase://app'],
    [false, undefined, 'priorphrase://app'],
    [false, 'nonsense', 'priorphrase://app'],
    [false, 'https://evil.example/', 'priorphrase://app'],
    [false, 'http://evil.example:5173/', 'priorphrase://app'],
    [false, 'http://127.0.0.1.evil.example/', 'priorphrase://app'],
    [false, 'file:///etc/passwd', 'priorphrase://app'],
    [false, 'http://127.0.0.1:5173/', 'http://127.0.0.1:5173'],
    [false, 'http://localhost:5173', 'http://localhost:5173'],
  ])('packaged %s with the dev server %s has the origin %s', (packaged, url, origin) => {
    expect(pageAddress(packaged, url).origin).toBe(origin);
  });

  const built = pageAddress(true, undefined);
  const development = pageAddress(false, 'http://localhost:5173/');
  it.each([
    ['priorphrase://app/index.html', true, true],
    ['priorphrase://other/index.html', false, false],
    ['data:image/png;base64,AA==', true, true],
    ['devtools://devtools/bundled/x.js', true, true],
    ['http://localhost:5173/main.ts', false, true],
    ['ws://localhost:5173/', false, true],
    ['http://localhost:5174/', false, false],
    ['https://example.com/', false, false],
    ['http://127.0.0.1/', false, false],
    ['file:///etc/passwd', false, false],
    ['chrome-extension://x/y', false, false],
    ['nonsense', false, false],
  ])('%s may be loaded: %s, in development: %s', (url, inProduct, inDevelopment) => {
    expect([mayLoad(built, url), mayLoad(development, url)]).toEqual([inProduct, inDevelopment]);
  });
});
