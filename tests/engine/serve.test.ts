import { describe, expect, it } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import type { EngineWork } from '../../src-main/engine/serve.ts';
import { serveToTest } from './fake-port.ts';

const pack = { dir: '/nowhere', hash: '0'.repeat(64) };
const embed = (id: number, ...phrases: unknown[]) => ({
  id,
  call: 'retriever.embed',
  input: { pack, phrases },
});

const work: EngineWork = {
  'engine.status': async () => ({ pid: 1, rss: 2, sessions: 3, device: null }),
  'retriever.embed': async ({ phrases }, checkpoint) => {
    if (phrases[0] === 'refuse')
      throw new AppError('pack-tampered', 'Not the same.', { file: 'a', found: ['b'] });
    if (phrases[0] === 'break') throw new Error('secret path /home/someone');
    while (phrases[0] === 'long') {
      await new Promise((resolve) => setTimeout(resolve, 1));
      await checkpoint();
    }
    return { dimensions: 1, vectors: Float32Array.from(phrases, ({ length }) => length) };
  },
  'training.run': () => Promise.reject(new Error('not expected in this test')),
  'training.settled': () => Promise.resolve({}),
  'pack.quantise': () => Promise.reject(new Error('not asked')),
  'scorer.score': async () => ({ scores: new Float32Array(0) }),
};

describe('the engine, asked by a host', () => {
  it('says that it is ready, then answers', async () => {
    const host = serveToTest(work);
    expect(host.received).toEqual([{ ready: true }]);
    host.send(embed(7, 'a', 'bcd'));
    expect(await host.answerTo(7)).toEqual({
      id: 7,
      ok: true,
      value: { dimensions: 1, vectors: Float32Array.of(1, 3) },
    });
  });

  it('tells how far a call is before it answers', async () => {
    const state = {
      device: null,
      epoch: 1,
      epochs: 2,
      step: 1,
      steps: 4,
      loss: 0.5,
      rowsPerSecond: 9,
      history: [],
    };
    const host = serveToTest({
      ...work,
      'training.settled': async (_, __, line) => {
        (line?.tell as (progress: unknown) => void)(state);
        return {};
      },
    });
    host.send({ id: 3, call: 'training.settled', input: {} });
    await new Promise((done) => setTimeout(done, 20));
    expect(host.received.slice(1)).toEqual([
      { id: 3, progress: state },
      { id: 3, ok: true, value: {} },
    ]);
  });

  it.each([
    ['an unknown call', { id: 1, call: 'engine.install', input: {} }, /no call engine\.install/],
    [
      'a call named like a part of every object',
      { id: 1, call: 'constructor', input: {} },
      /no call constructor/,
    ],
    ['an input with a wrong type', embed(1, 'a', 7), /phrases\.1/],
    [
      'an input with a hash that is none',
      { ...embed(1), input: { pack: { dir: '/', hash: 'x' }, phrases: [] } },
      /hash/,
    ],
    ['no input', { id: 1, call: 'engine.status', input: null }, /engine\.status is not valid/],
    ['an input with a field too many', { id: 1, call: 'engine.status', input: { x: 1 } }, /x/],
  ])('refuses %s', async (_, message, expected) => {
    const host = serveToTest(work);
    host.send(message);
    expect(await host.answerTo(1)).toMatchObject({
      ok: false,
      error: { code: 'bad-input', message: expect.stringMatching(expected) },
    });
  });

  it.each([
    ['text'],
    [null],
    [{ id: 'one', call: 'engine.status', input: {} }],
    [{ id: 1 }],
    [{ cancel: 'all' }],
  ])('logs and drops %j, which is no message', async (message) => {
    const host = serveToTest(work);
    host.send(message);
    host.send({ id: 2, call: 'engine.status', input: {} });
    await host.answerTo(2);
    expect(host.log).toEqual([expect.stringContaining('no engine call')]);
    expect(host.received).toHaveLength(2);
  });

  it('passes on errors meant for the user, and keeps the others in the log', async () => {
    const host = serveToTest(work);
    host.send(embed(1, 'refuse'));
    host.send(embed(2, 'break'));
    expect(await host.answerTo(1)).toEqual({
      id: 1,
      ok: false,
      error: { code: 'pack-tampered', message: 'Not the same.', details: { file: 'a', found: ['b'] } },
    });
    const broken = await host.answerTo(2);
    expect(broken).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(broken)).not.toContain('secret');
    expect(host.log.join()).toContain('secret');
  });

  it('ends a call that is cancelled, while others go on', async () => {
    const host = serveToTest(work);
    host.send(embed(1, 'long'));
    host.send(embed(2, 'short'));
    expect(await host.answerTo(2)).toMatchObject({ ok: true });
    host.send({ cancel: 1 });
    expect(await host.answerTo(1)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    host.send({ cancel: 1 });
    host.send({ cancel: 99 });
    expect(host.log).toEqual([]);
  });

  it('refuses a number that is in use', async () => {
    const host = serveToTest(work);
    host.send(embed(1, 'long'));
    host.send(embed(1, 'short'));
    expect(host.log).toEqual(['Call 1 was sent twice; the second was refused.']);
    host.send({ cancel: 1 });
    expect(await host.answerTo(1)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });
});
