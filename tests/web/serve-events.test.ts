import { get, type IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { WebHost } from '../../src-main/web/web-host.ts';
import { ask, signIn, startHost } from './support.ts';

async function listen(host: WebHost, cookie: string) {
  const response = await new Promise<IncomingMessage>((done, fail) => {
    const request = get(
      { host: '127.0.0.1', port: host.port, path: '/api/events', headers: { cookie }, agent: false },
      done,
    );
    request.on('error', fail);
  });
  onTestFinished(() => void response.destroy());
  response.on('error', () => {});
  const stream = { response, text: '', ended: false };
  response.on('close', () => (stream.ended = true));
  return stream;
}

function read(stream: Awaited<ReturnType<typeof listen>>) {
  stream.response.on('data', (chunk: Buffer) => (stream.text += chunk.toString()));
  return stream;
}

describe('the event stream', () => {
  it('carries every event to every listener', async () => {
    const { host, app } = await startHost();
    const cookie = await signIn(host);
    const streams = [read(await listen(host, cookie)), read(await listen(host, cookie))];
    app.emit('engine.changed', { state: 'ready', reason: 'line one\nline two' });
    for (const stream of streams) {
      await vi.waitFor(() => expect(stream.text).toContain('engine.changed'));
      expect(stream.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
      expect(stream.text).toContain(
        'event: engine.changed\ndata: {"state":"ready","reason":"line one\\nline two"}\n\n',
      );
    }
  });

  it('gives signs of life', async () => {
    const { host } = await startHost({ heartbeatMs: 20 });
    const stream = read(await listen(host, await signIn(host)));
    await vi.waitFor(() => expect(stream.text).toMatch(/(:\n\n){2}/));
  });

  it('is one of a bounded number, and a place is free again when a client goes', async () => {
    const { host } = await startHost({ eventStreams: 2 });
    const cookie = await signIn(host);
    const first = await listen(host, cookie);
    await listen(host, cookie);
    const refused = await ask(host, '/api/events', { headers: { cookie } });
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '10']);
    first.response.destroy();
    await vi.waitFor(async () => expect((await listen(host, cookie)).response.statusCode).toBe(200));
  });

  it('is cut for a client that does not read', async () => {
    const { host, app } = await startHost({ unreadBytes: 100_000 });
    const stream = await listen(host, await signIn(host));
    stream.response.pause();
    const reason = 'x'.repeat(50_000);
    // The kernel takes some megabytes before anything stays unread here.
    for (let i = 0; i < 400; i++) app.emit('engine.changed', { state: 'ready', reason });
    stream.response.resume();
    await vi.waitFor(() => expect(stream.ended).toBe(true), { timeout: 10_000 });
    expect(stream.response.complete).toBe(false);
  });

  it('ends when the host closes', async () => {
    const { host, app } = await startHost();
    const stream = read(await listen(host, await signIn(host)));
    await host.close();
    await vi.waitFor(() => expect(stream.ended).toBe(true));
    expect(app.listeners.size).toBe(0);
  });
});
