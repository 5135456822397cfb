import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../contract/app-error.ts';
import type { App } from '../services/app.ts';
import { openRendererFiles } from '../host/renderer-files.ts';
import { answer, answerError, retryAfter } from './answer.ts';
import { guardRequest } from './guard-request.ts';
import { answerLocked } from './locked-page.ts';
import type { PageSource } from './page-source.ts';
import { createRateLimit } from './rate-limit.ts';
import { serveCall } from './serve-calls.ts';
import { createEventStreams } from './serve-events.ts';
import { filesPath, receiveFile, sendFile } from './serve-files.ts';
import { serveRenderer } from './serve-renderer.ts';
import { hasSession, newSecrets, sameSecret, sessionCookie, type Secrets } from './session-token.ts';
import { defaultLimits, type WebLimits } from './web-limits.ts';

/** What the web host serves, and how much of it. */
export interface WebHostOptions {
  readonly app: Pick<App, 'dispatch' | 'onEvent' | 'files'>;
  /** The folder of the built renderer. */
  readonly rendererDir: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Hears of errors that no client is told. */
  readonly log?: (message: string, error: unknown) => void;
  readonly limits?: Partial<WebLimits>;
  /** Development only: the secrets of the last start, so that an open page goes on working, and the page's source. */
  readonly development?: { readonly secrets: Secrets; readonly page: PageSource };
}

/** A web host that listens. */
export interface WebHost {
  readonly port: number;
  readonly url: string;
  /** The address that signs a browser in; for the terminal only. */
  readonly urlWithToken: string;
  close(): Promise<void>;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'something else listens there' : error.message;
      fail(
        new AppError(
          'conflict',
          `Port ${port} cannot be used: ${why}. Choose another with --port, or 0 for a free one.`,
        ),
      );
    });
    server.listen(port, '127.0.0.1', done);
  });
  return (server.address() as AddressInfo).port;
}

/** Ends a call that is not received in time, and an upload that stands still as long. */
function limitTime(
  request: IncomingMessage,
  response: ServerResponse,
  { requestTimeoutMs }: WebLimits,
): void {
  if (request.url?.startsWith(`${filesPath}?`) === true) {
    request.setTimeout(requestTimeoutMs, () => request.destroy());
    return;
  }
  const timer = setTimeout(() => {
    if (request.complete) return;
    answerError(response, 408, 'bad-input', 'The request was not received in time.', { Connection: 'close' });
    request.destroy();
  }, requestTimeoutMs);
  request.once('close', () => clearTimeout(timer));
}

/** Starts the loopback host: one page, one call endpoint, one event stream, for this machine and this user only. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const limits: WebLimits = { ...defaultLimits, ...options.limits };
  const { app, log = () => {}, development } = options;
  const files = development ? null : await openRendererFiles(options.rendererDir);
  const secrets = development?.secrets ?? newSecrets();
  const calls = createRateLimit(limits.callBurst, limits.callsPerSecond);
  const badTokens = createRateLimit(limits.badTokenBurst, limits.badTokensPerSecond);
  const streams = createEventStreams({
    streams: limits.eventStreams,
    heartbeatMs: limits.heartbeatMs,
    unreadBytes: limits.unreadBytes,
  });
  let port = 0;

  // The right token works even while wrong ones are limited: nobody else can lock the user out.
  const signIn = (response: ServerResponse, token: string) => {
    if (sameSecret(token, secrets.token)) {
      answer(response, 303, { Location: '/', 'Set-Cookie': sessionCookie(port, secrets) }, '');
      return;
    }
    const wait = badTokens.take();
    if (wait > 0) answerLocked(response, 429, retryAfter(wait));
    else setTimeout(() => answerLocked(response, 401), limits.badTokenDelayMs);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const refusal = guardRequest(request, port);
    if (refusal !== null) {
      answerError(response, refusal.status, 'forbidden', refusal.reason, { Connection: 'close' });
      return;
    }
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
    const token = path === '/' && request.method === 'GET' ? new URLSearchParams(query).get('token') : null;
    if (token !== null) {
      signIn(response, token);
      return;
    }
    if (!hasSession(request.headers.cookie, port, secrets)) {
      const page = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
      if (page) answerLocked(response, 401);
      else
        answerError(response, 401, 'forbidden', 'Not signed in; open the address printed in the terminal.', {
          Connection: 'close',
        });
      return;
    }
    if (path === filesPath) await receiveFile(request, response, query, app.files);
    else if (path.startsWith(`${filesPath}/`)) await sendFile(request, response, path, app.files);
    else if (path === '/api/call') await serveCall(request, response, app.dispatch, calls);
    else if (path === '/api/events' && request.method === 'GET') streams.open(response);
    else if (path.startsWith('/api/'))
      answerError(response, 404, 'not-found', 'There is nothing at this address.', { Connection: 'close' });
    else if (files !== null) await serveRenderer(request, response, path, files);
    else development?.page.serve(request, response);
  };

  const server = createServer(
    {
      headersTimeout: limits.requestTimeoutMs,
      // A large file takes longer than any call: the time of a request is limited below, by what it asks for.
      requestTimeout: 0,
      connectionsCheckingInterval: Math.min(5_000, limits.requestTimeoutMs),
      keepAliveTimeout: 10_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      limitTime(request, response, limits);
      serve(request, response).catch((error: unknown) => {
        log('A request could not be answered', error);
        answerError(response, 500, 'internal', 'Something went wrong inside Priorphrase; try again.');
      });
    },
  );
  server.maxConnections = limits.connections;
  server.maxHeadersCount = 64;
  if (development) {
    development.page.listen(
      server,
      (request) => guardRequest(request, port) === null && hasSession(request.headers.cookie, port, secrets),
    );
  } else {
    server.on('upgrade', (_request, socket) => socket.destroy());
  }
  server.on('connect', (_request, socket) => socket.destroy());

  port = await listen(server, options.port);
  const stopListening = app.onEvent(streams.send);
  const url = `http://127.0.0.1:${port}/`;
  return {
    port,
    url,
    urlWithToken: `${url}?token=${secrets.token}`,
    async close() {
      stopListening();
      streams.close();
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeIdleConnections();
        // Whoever is still being answered has a moment; then the connection ends.
        setTimeout(() => server.closeAllConnections(), 500).unref();
      });
    },
  };
}
