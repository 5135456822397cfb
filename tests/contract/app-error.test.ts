import { describe, expect, it } from 'vitest';
import { AppError, fromErrorShape, toErrorShape } from '../../src-main/contract/app-error.ts';

describe('an error at a boundary', () => {
  it('keeps code, message and details there and back', () => {
    const error = new AppError('not-found', 'No such class.', { suggestions: ['A47'] });
    const back = fromErrorShape(JSON.parse(JSON.stringify(toErrorShape(error))));
    expect({ code: back.code, message: back.message, details: back.details }).toEqual({
      code: 'not-found',
      message: 'No such class.',
      details: { suggestions: ['A47'] },
    });
  });

  it('tells nothing of an error that is not meant for the user', () => {
    const shape = toErrorShape(new Error('SQLITE_ERROR: no such column secret at /home/someone'));
    expect(shape.code).toBe('internal');
    expect(JSON.stringify(shape)).not.toContain('secret');
  });
});
