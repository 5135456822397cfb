import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { proxyPage } from '../../scripts/dev/proxy-page.ts';
import { newSecrets } from '../../src-main/web/session-token.ts';
import { startWebHost } from '../../src-main/web/web-host.ts';
import { ask, askRaw, echoApp, signIn } from '../web/support.ts';

/** A dev server that notes what it is asked, behind the host of `npm run dev`. */
async function development() {
  const seen: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
  const vite = createServer(({ url, headers }, response) => {
    seen.push({ url, headers });
    response.setHeader('access-control-allow-origin', '*');
    response.end('from the dev server');
  });
  vite.on('upgrade', ({ url, headers }, socket) => {
    seen.push({ url, headers });
    socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\nhello');
  });
  await new Promise<void>((done) => vite.listen(0, '127.0.0.1', done));
  const page = new URL(`http://127.0.0.1:${(vite.address() as AddressInfo).port}/`);
  const host = await startWebHost({
    app: echoApp(),
    rendererDir: '/nowhere',
    port: 0,
    development: { secrets: newSecrets(), page: proxyPage(page) },
  });
  onTestFinished(async () => {
    await host.close();
    vite.closeAllConnections();
    vite.close();
  });
  return { host, seen, page };
}

it('the page of the dev server is behind the same token, which it never sees', async () => {
  const { host, seen, page } = await development();
  expect((await ask(host, '/main.ts')).status).toBe(401);
  expect(seen).toEqual([]);
  const answer = await ask(host, '/main.ts?v=1', { headers: { cookie: await signIn(host) } });
  expect([answer.status, answer.body]).toEqual([200, 'from the dev server']);
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
  expect(seen).toEqual([{ url: '/main.ts?v=1', headers: expect.objectContaining({ host: page.host }) }]);
  expect(seen[0]?.headers.cookie).toBeUndefined();
});

it('the socket for hot reload is passed on for the signed-in page alone', async () => {
  const { host, seen } = await development();
  const cookie = await signIn(host);
  const upgrade = (headers: string) =>
    askRaw(
      host.port,
      `GET /?token=hmr HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}\r\n`,
    );
  expect(await upgrade('')).toBe('');
  expect(await upgrade(`Cookie: ${cookie}\r\nOrigin: https://evil.example\r\n`)).toBe('');
  expect(seen).toEqual([]);
  expect(await upgrade(`Cookie: ${cookie}\r\nOrigin: http://127.0.0.1:${host.port}\r\n`)).toContain('hello');
  expect(seen[0]?.headers.cookie).toBeUndefined();
});
