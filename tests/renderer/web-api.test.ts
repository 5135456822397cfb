import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import { createWebApi } from '../../src-renderer/web-api.ts';

function reply(body: unknown, status = 200): typeof fetch {
  return vi.fn(async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
}

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static readonly made: FakeSource[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    super();
    FakeSource.made.push(this);
  }
}
const Source = FakeSource as unknown as typeof EventSource;

describe('createWebApi', () => {
  it('posts the call as JSON and gives back the value', async () => {
    const fetch = reply({ ok: true, value: [1] });
    const api = createWebApi({ fetch, EventSource: Source });
    await expect(api.call('history.list', { limit: 5 })).resolves.toEqual([1]);
    expect(vi.mocked(fetch).mock.calls[0]).toMatchObject([
      '/api/call',
      { method: 'POST', body: '{"name":"history.list","input":{"limit":5}}' },
    ]);
  });

  it('rebuilds the error of a refused call with its details', async () => {
    const error = { code: 'not-found', message: 'Unknown.', details: { suggestions: ['A47'] } };
    const api = createWebApi({ fetch: reply({ ok: false, error }, 404), EventSource: Source });
    const thrown = await api.call('app.info', {}).catch((caught: unknown) => caught);
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject(error);
  });

  it.each([
    [403, 'forbidden', /no longer belongs/],
    [413, 'too-large', /Shorten/],
    [429, 'too-many-requests', /Wait a moment/],
    [500, 'internal', /status 500/],
  ])('says what status %i without a reply means', async (status, code, message) => {
    const api = createWebApi({ fetch: reply('<html>', status), EventSource: Source });
    await expect(api.call('app.info', {})).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('says that nobody answers, and that the connection is lost', async () => {
    const onConnection = vi.fn();
    const fetch = vi.fn(async () => Promise.reject(new TypeError('failed to fetch')));
    const api = createWebApi({ fetch, EventSource: Source, onConnection });
    await expect(api.call('app.info', {})).rejects.toThrow(/does not answer/);
    expect(onConnection.mock.calls).toEqual([[false]]);
  });

  it('shares one stream of events, and opens it again after it was closed for good', async () => {
    FakeSource.made.length = 0;
    const onConnection = vi.fn();
    const api = createWebApi({ fetch: reply({}), EventSource: Source, onConnection, retryAfter: 1 });
    const jobs: unknown[] = [];
    api.on('libraries.changed', () => {});
    const stop = api.on('engine.changed', (payload) => jobs.push(payload));
    const [first] = FakeSource.made;
    const send = (source: FakeSource, state: string) =>
      source.dispatchEvent(
        new MessageEvent('engine.changed', { data: JSON.stringify({ state, reason: null }) }),
      );
    send(first!, 'ready');

    first!.readyState = FakeSource.CLOSED;
    first!.onerror?.();
    await vi.waitFor(() => expect(FakeSource.made.length).toBe(2));
    FakeSource.made[1]!.onopen?.();
    send(FakeSource.made[1]!, 'failed');
    stop();
    send(FakeSource.made[1]!, 'stopped');
    expect(jobs).toEqual([
      { state: 'ready', reason: null },
      { state: 'failed', reason: null },
    ]);
    expect(onConnection.mock.calls).toEqual([[false], [true]]);
  });
});
