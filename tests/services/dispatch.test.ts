import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import { calls, type Handlers } from '../../src-main/contract/calls.ts';
import { createDispatch } from '../../src-main/services/dispatch.ts';

function handlersWith(some: Partial<Handlers>): Handlers {
  const refuse = () => Promise.reject(new Error('not expected in this test'));
  const all = Object.fromEntries(Object.keys(calls).map((name) => [name, refuse]));
  return { ...all, ...some } as unknown as Handlers;
}

function dispatchWith(some: Partial<Handlers>, checkOutput = true) {
  const log = vi.fn();
  return { dispatch: createDispatch(handlersWith(some), { log, checkOutput }), log };
}

async function errorOf(reply: Promise<unknown>) {
  return ((await reply) as { error: { code: string; message: string; details?: unknown } }).error;
}

describe('the dispatcher', () => {
  it('gives the handler the parsed input, defaults filled in, and its value back', async () => {
    const handler = vi.fn(async () => []);
    const { dispatch } = dispatchWith({ 'cpc.search': handler });
    expect(await dispatch('cpc.search', { query: 'pumps' })).toEqual({ ok: true, value: [] });
    expect(handler).toHaveBeenCalledWith({ query: 'pumps', limit: 20 });
  });

  it.each([
    'no.such.call',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    '',
    null,
    3,
    {},
    ['app.info'],
  ])('knows no call %j', async (name) => {
    const { dispatch, log } = dispatchWith({});
    expect(await errorOf(dispatch(name, {}))).toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('There is no call'),
    });
    expect(log).not.toHaveBeenCalled();
  });

  it.each([
    ['cpc.search', { query: 5 }, 'query: found 5, expected text'],
    ['cpc.search', { query: 'x', limit: 900 }, 'limit: found 900, expected at most 200'],
    ['cpc.search', { query: 'x', extra: 1 }, 'expected no "extra" here'],
    ['cpc.search', undefined, 'input: found nothing, expected an object'],
    ['cpc.search', null, 'input: found null, expected an object'],
    [
      'rank.retrieve',
      { anchor: 'a', context: 'A47', libraryIds: [1, 'x'] },
      'libraryIds[1]: found "x", expected a number',
    ],
    [
      'rank.retrieve',
      { anchor: 'a'.repeat(30_000), context: 'A' },
      'anchor: found text of 30000 characters, expected at most 20000 characters',
    ],
    ['settings.set', { theme: 'pink' }, 'theme: found "pink", expected one of "system", "light", "dark"'],
    ['history.remove', { id: 1.5 }, 'id: found 1.5, expected a whole number'],
    ['history.remove', { id: 0 }, 'id: found 0, expected more than 0'],
  ])('refuses for %s the input %j naming the path and what was expected', async (name, input, words) => {
    const { dispatch } = dispatchWith({});
    const error = await errorOf(dispatch(name, input));
    expect(error.code).toBe('bad-input');
    expect(error.message).toContain(words);
  });

  it('passes on what an AppError says', async () => {
    const { dispatch, log } = dispatchWith({
      'cpc.get': async () => {
        throw new AppError('not-found', 'No symbol A99.', { suggestions: ['A47'] });
      },
    });
    expect(await errorOf(dispatch('cpc.get', { symbol: 'A99' }))).toEqual({
      code: 'not-found',
      message: 'No symbol A99.',
      details: { suggestions: ['A47'] },
    });
    expect(log).not.toHaveBeenCalled();
  });

  it('keeps the message and the stack of an unknown error in the log', async () => {
    const secret = new Error('SELECT secret FROM /home/ann/library.db');
    const { dispatch, log } = dispatchWith({ 'packs.list': () => Promise.reject(secret) });
    const error = await errorOf(dispatch('packs.list', {}));
    expect(error.code).toBe('internal');
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(log).toHaveBeenCalledWith(expect.stringContaining('packs.list'), secret);
  });

  it('answers when a handler throws at once or throws what is no error', async () => {
    const { dispatch } = dispatchWith({
      'packs.list': () => {
        throw 'text';
      },
    });
    expect(await errorOf(dispatch('packs.list', {}))).toMatchObject({ code: 'internal' });
  });

  it('holds outputs against the contract where it is asked to', async () => {
    const wrong = { 'history.list': async () => [{ id: 'x' }] } as unknown as Partial<Handlers>;
    const checked = dispatchWith(wrong);
    expect(await errorOf(checked.dispatch('history.list', {}))).toMatchObject({ code: 'internal' });
    expect(String(checked.log.mock.calls[0]?.[1])).toContain('[0].id: found "x", expected a number');
    const unchecked = dispatchWith(wrong, false);
    expect(await unchecked.dispatch('history.list', {})).toMatchObject({ ok: true });
  });
});
