import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Dispatch } from '../../src-main/contract/transport.ts';
import type { EventListener } from '../../src-main/services/app.ts';
import type { FileShelf } from '../../src-main/services/file-shelf.ts';
import { startWebHost, type WebHost } from '../../src-main/web/web-host.ts';
import type { WebLimits } from '../../src-main/web/web-limits.ts';

/** An application that answers every call with what it was asked. */
export function echoApp(dispatch: Dispatch = async (name, input) => ({ ok: true, value: { name, input } })) {
  const listeners = new Set<EventListener>();
  return {
    dispatch,
    files: memoryShelf(),
    onEvent(listener: EventListener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit: ((name, payload) => listeners.forEach((listener) => listener(name, payload))) as EventListener,
    listeners,
  };
}

/** A shelf that keeps what it receives in memory and has no files to give. */
export function memoryShelf(received: Map<string, string> = new Map()): FileShelf {
  const refuse = () => Promise.reject(new Error('not expected in this test'));
  return {
    give: refuse,
    async receive(name, content) {
      let text = '';
      for await (const chunk of content) text += String(chunk);
      received.set(name, text);
      return { id: '0'.repeat(32), name, bytes: text.length };
    },
    newPath: refuse,
    made: refuse,
    find: () => {
      throw new Error('not expected in this test');
    },
    peek: () => null,
    drop: refuse,
    tidy: refuse,
  };
}

/** A small built renderer with a secret beside it, in a temporary folder. */
export async function rendererFolder(): Promise<{ readonly root: string; readonly dir: string }> {
  const root = await mkdtemp(join(tmpdir(), 'priorphrase-web-'));
  const dir = join(root, 'renderer');
  await mkdir(join(dir, 'assets'), { recursive: true });
  await writeFile(join(dir, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(dir, 'assets/index-B1gHash_0.js'), 'export {};');
  await writeFile(join(dir, 'assets/index-B1gHash_0.css'), 'body {}');
  await writeFile(join(dir, 'assets/font-B1gHash_0.woff2'), 'font');
  await writeFile(join(root, 'secret.txt'), 'the secret');
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return { root, dir };
}

/** A host that listens until the end of the test. */
export async function startHost(limits: Partial<WebLimits> = {}, app = echoApp()) {
  const { root, dir } = await rendererFolder();
  const host = await startWebHost({
    app,
    rendererDir: dir,
    port: 0,
    limits: { badTokenDelayMs: 1, ...limits },
  });
  onTestFinished(() => host.close());
  return { host, app, root, dir };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request exactly as given: the path is not normalised, the headers are not completed. */
export function ask(
  host: WebHost,
  path: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((done, fail) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: host.port,
        path,
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          done({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
        response.on('error', fail);
      },
    );
    request.on('error', fail);
    request.end(options.body);
  });
}

/** Bytes as they are over a plain socket; gives all that comes back until the host closes. */
export function askRaw(port: number, text: string): Promise<string> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.on('error', () => done(received));
    socket.on('close', () => done(received));
  });
}

/** Signs in and gives the Cookie header. */
export async function signIn(host: WebHost): Promise<string> {
  const answer = await ask(host, new URL(host.urlWithToken).pathname + new URL(host.urlWithToken).search);
  return String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? '';
}

/** A call as the page makes it. */
export async function call(
  host: WebHost,
  cookie: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
) {
  return ask(host, '/api/call', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', ...headers },
    body,
  });
}
