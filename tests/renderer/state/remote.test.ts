import { expect, it } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import { toAppError } from '../../../src-renderer/state/remote.ts';

it('takes an error shape from the bridge for the error that it stands for', () => {
  const error = toAppError({ code: 'not-found', message: 'Unknown.', details: { suggestions: ['A47'] } });
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'not-found', message: 'Unknown.', details: { suggestions: ['A47'] } });
});

it.each([[new TypeError('x is undefined')], ['text'], [null], [{ code: 'made-up', message: 'x' }]])(
  'shows nothing of an unknown error to the user: %s',
  (thrown) => {
    expect(toAppError(thrown)).toMatchObject({
      code: 'internal',
      message: expect.not.stringContaining('undefined'),
    });
  },
);
