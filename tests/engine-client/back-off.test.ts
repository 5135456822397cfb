import { expect, it } from 'vitest';
import { defaultBackOff, waitAfter } from '../../src-main/engine-client/back-off.ts';

it('the wait doubles from 250 ms to 8 s', () => {
  const waits = [0, 1, 2, 3, 4, 5, 6, 7, 60].map((deaths) => waitAfter(deaths, defaultBackOff));
  expect(waits).toEqual([0, 250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
});
