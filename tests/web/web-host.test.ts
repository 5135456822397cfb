import { symlink, rm, writeFile, rename } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startWebHost } from '../../src-main/web/web-host.ts';
import { ask, askRaw, call, echoApp, signIn, startHost } from './support.ts';

describe('the token', () => {
  it('is exchanged for a strict, unreadable session cookie and leaves the address', async () => {
    const { host } = await startHost();
    const answer = await ask(host, `/?token=${new URL(host.urlWithToken).searchParams.get('token')}`);
    expect([answer.status, answer.headers.location]).toEqual([303, '/']);
    const cookie = answer.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(
      new RegExp(`^priorphrase_${host.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(cookie).not.toContain(new URL(host.urlWithToken).searchParams.get('token'));
  });

  it('has 256 bits and is new for each start', async () => {
    const tokens = await Promise.all(
      [1, 2, 3].map(
        async () => new URL((await startHost()).host.urlWithToken).searchParams.get('token') ?? '',
      ),
    );
    expect(new Set(tokens).size).toBe(3);
    for (const token of tokens) expect(Buffer.from(token, 'base64url').length).toBe(32);
  });

  it.each(['', 'x', 'é'.repeat(10), '%00', 'a'.repeat(5000)])('is not %j', async (token) => {
    const { host } = await startHost();
    const answer = await ask(host, `/?token=${encodeURIComponent(token)}`);
    expect(answer.status).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toContain('printed in the terminal');
  });

  it('is guessed only so often, and still opens the door to its owner meanwhile', async () => {
    const { host } = await startHost({ badTokenBurst: 3, badTokensPerSecond: 0.001 });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await ask(host, `/?token=guess${i}`)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    const last = await ask(host, '/?token=another');
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
    expect(await signIn(host)).toContain('priorphrase_');
  });

  it('answers a wrong guess later than what is asked after it', async () => {
    const { host } = await startHost({ badTokenDelayMs: 1500 });
    const order: string[] = [];
    const guess = ask(host, '/?token=guess').then(() => order.push('guess'));
    await ask(host, '/').then(() => order.push('next'));
    await guess;
    expect(order).toEqual(['next', 'guess']);
  });
});

describe('without the session cookie', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/index.html'],
    ['GET', '/assets/index-B1gHash_0.js'],
    ['GET', '/api/events'],
    ['POST', '/api/call'],
    ['GET', '/nothing-here'],
    ['HEAD', '/'],
    ['DELETE', '/'],
  ])('%s %s is refused', async (method, path) => {
    const { host, app } = await startHost(
      {},
      echoApp(() => Promise.reject(new Error('must not be called'))),
    );
    const answer = await ask(host, path, { method, headers: { 'content-type': 'application/json' } });
    expect(answer.status).toBe(401);
    expect(answer.body).not.toContain('<title>page</title>');
    expect(app.listeners.size).toBe(1);
  });

  it('a browser gets a page that says what to do and nothing else', async () => {
    const { host } = await startHost();
    const answer = await ask(host, '/', { headers: { accept: 'text/html,*/*' } });
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('Open the address printed in the terminal');
    expect(answer.body).not.toContain(new URL(host.urlWithToken).searchParams.get('token'));
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  it.each([
    ['of another port', (port: number, value: string) => `priorphrase_${port + 1}=${value}`],
    ['cut short', (port: number, value: string) => `priorphrase_${port}=${value.slice(0, -1)}`],
    ['empty', (port: number) => `priorphrase_${port}=`],
    ['malformed', () => ';;;=;=priorphrase'],
  ])('a cookie %s does not help', async (_what, forge) => {
    const { host } = await startHost();
    const value = (await signIn(host)).split('=')[1] ?? '';
    expect((await ask(host, '/', { headers: { cookie: forge(host.port, value) } })).status).toBe(401);
  });
});

describe('foreign requests', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:1',
    'localhost.evil.example:PORT',
    '127.0.0.1:PORT.evil.example',
    '0.0.0.0:PORT',
    '[::]:PORT',
    '127.0.0.1:PORT, evil.example',
    'user@127.0.0.1:PORT',
    '127.1:PORT',
  ])('the host name %j is refused even with the cookie (DNS rebinding)', async (name) => {
    const { host } = await startHost();
    const cookie = await signIn(host);
    const answer = await ask(host, '/', {
      headers: { cookie, host: name.replace('PORT', String(host.port)) },
    });
    expect([400, 421]).toContain(answer.status);
    expect(answer.body).not.toContain('<title>page</title>');
  });

  it('the token is not exchanged under a foreign host name', async () => {
    const { host } = await startHost();
    const path = `/?token=${new URL(host.urlWithToken).searchParams.get('token')}`;
    const answer = await ask(host, path, { headers: { host: `evil.example:${host.port}` } });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([421, undefined]);
  });

  it.each(['127.0.0.1:PORT', 'localhost:PORT', 'LOCALHOST:PORT', '[::1]:PORT'])(
    '%s is this machine',
    async (name) => {
      const { host } = await startHost();
      const cookie = await signIn(host);
      const answer = await ask(host, '/', {
        headers: { cookie, host: name.replace('PORT', String(host.port)) },
      });
      expect(answer.status).toBe(200);
    },
  );

  it('two Host headers, none, an empty one, or an absolute address are refused', async () => {
    const { host } = await startHost();
    const cookie = await signIn(host);
    const own = `127.0.0.1:${host.port}`;
    const two = await askRaw(
      host.port,
      `GET / HTTP/1.1\r\nHost: ${own}\r\nHost: evil\r\nCookie: ${cookie}\r\n\r\n`,
    );
    const none = await askRaw(host.port, `GET / HTTP/1.1\r\nCookie: ${cookie}\r\n\r\n`);
    const old = await askRaw(host.port, `GET / HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`);
    const absolute = await askRaw(
      host.port,
      `GET http://evil/ HTTP/1.1\r\nHost: ${own}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
    );
    const empty = await askRaw(host.port, `GET / HTTP/1.1\r\nHost: \r\nCookie: ${cookie}\r\n\r\n`);
    for (const answer of [two, none, old, absolute, empty]) expect(answer).toMatch(/^HTTP\/1\.1 4(00|21) /);
  });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'http://localhost:PORT' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'nonsense' },
  ])('a call from %j is refused even with the cookie', async (headers) => {
    const { host } = await startHost();
    const cookie = await signIn(host);
    const given = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        String(value).replace('PORT', String(host.port)),
      ]),
    );
    const answer = await call(host, cookie, '{"name":"app.info","input":{}}', given);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  it('a preflight gets no permission, and no answer ever carries a CORS header', async () => {
    const { host } = await startHost();
    const cookie = await signIn(host);
    const answers = [
      await ask(host, '/api/call', {
        method: 'OPTIONS',
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      }),
      await call(host, cookie, '{"name":"app.info"}', { origin: `http://127.0.0.1:${host.port}` }),
      await ask(host, '/', { headers: { cookie } }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([403, 200, 200]);
    for (const answer of answers) {
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('it listens on the loopback address only', async () => {
    const { host } = await startHost();
    const other = Object.values(networkInterfaces())
      .flat()
      .find((entry) => entry !== undefined && !entry.internal && entry.family === 'IPv4');
    expect(host.url).toBe(`http://127.0.0.1:${host.port}/`);
    if (other === undefined) return;
    const reached = await new Promise<boolean>((done) => {
      const socket = connect(host.port, other.address, () => done(true));
      socket.on('error', () => done(false));
      socket.on('connect', () => socket.destroy());
    });
    expect(reached).toBe(false);
  });
});

describe('calls', () => {
  it('go to the dispatcher and bring its reply back', async () => {
    const { host } = await startHost();
    const answer = await call(host, await signIn(host), '{"name":"cpc.search","input":{"query":"pumps"}}');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(answer.body)).toEqual({
      ok: true,
      value: { name: 'cpc.search', input: { query: 'pumps' } },
    });
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data', 415],
    ['application/json-seq', 415],
    ['', 415],
    ['application/json; charset=utf-16', 415],
    ['application/json; charset=utf-8', 200],
    ['application/json;charset="UTF-8"', 200],
  ])('of content type %j answer %i', async (type, status) => {
    const { host } = await startHost();
    const answer = await call(host, await signIn(host), '{"name":"app.info"}', { 'content-type': type });
    expect(answer.status).toBe(status);
  });

  it.each(['', '{', '[]', '"app.info"', 'null', '{}', '{"input":{}}', Buffer.from([0x7b, 0xff, 0x7d])])(
    'with the body %j are refused',
    async (body) => {
      const { host } = await startHost();
      const answer = await call(host, await signIn(host), body);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    },
  );

  it('with compressed bodies are refused', async () => {
    const { host } = await startHost();
    const answer = await call(host, await signIn(host), '{"name":"app.info"}', {
      'content-encoding': 'gzip',
    });
    expect(answer.status).toBe(415);
  });

  it.each([
    ['announced', {}],
    ['in pieces', { 'transfer-encoding': 'chunked' }],
  ])('with a body over 1 MB, %s, are refused without being parsed', async (_how, headers) => {
    const { host } = await startHost();
    const body = JSON.stringify({ name: 'app.info', input: 'x'.repeat(1_000_000) });
    const answer = await call(host, await signIn(host), body, headers as Record<string, string>);
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'too-large' } });
  });

  it('with a body of just under 1 MB are answered', async () => {
    const { host } = await startHost();
    const body = JSON.stringify({ name: 'app.info', input: 'x'.repeat(900_000) });
    expect((await call(host, await signIn(host), body)).status).toBe(200);
  });

  it('with a body announced as endless end at once', async () => {
    const { host } = await startHost();
    const cookie = await signIn(host);
    const answer = await askRaw(
      host.port,
      `POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nCookie: ${cookie}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('that never finish are cut off', async () => {
    const { host } = await startHost({ requestTimeoutMs: 300 });
    const cookie = await signIn(host);
    const head = `POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nCookie: ${cookie}\r\n`;
    const [slowHeaders, slowBody] = await Promise.all([
      askRaw(host.port, head),
      askRaw(host.port, `${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`),
    ]);
    expect(slowHeaders).toMatch(/^HTTP\/1\.1 408 /);
    expect(slowBody).toMatch(/^HTTP\/1\.1 4(00|08) /);
  });

  it('are limited in number, and say when to try again', async () => {
    const { host } = await startHost({ callBurst: 3, callsPerSecond: 0.5 });
    const cookie = await signIn(host);
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push(await call(host, cookie, '{"name":"app.info"}'));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 429]);
    expect(answers[3]?.headers['retry-after']).toMatch(/^[12]$/);
    expect(JSON.parse(answers[3]?.body ?? '')).toMatchObject({ error: { code: 'too-many-requests' } });
  });

  it('are made with POST', async () => {
    const { host } = await startHost();
    const cookie = await signIn(host);
    const answer = await ask(host, '/api/call?name=app.info', { headers: { cookie } });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
  });

  it('survive a dispatcher that breaks, and tell the client nothing of it', async () => {
    const app = echoApp(() => Promise.reject(new Error('secret detail')));
    const { host } = await startHost({}, app);
    const answer = await call(host, await signIn(host), '{"name":"app.info"}');
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('secret detail');
  });

  it.each(['/api/', '/api/other', '/api/call/', '/api//call'])('%s is no endpoint', async (path) => {
    const { host } = await startHost();
    const cookie = await signIn(host);
    expect((await ask(host, path, { headers: { cookie } })).status).toBe(404);
  });
});

describe('files', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/index.html', 'text/html; charset=utf-8', 'no-cache'],
    ['/assets/index-B1gHash_0.js', 'text/javascript; charset=utf-8', 'private, max-age=31536000, immutable'],
    ['/assets/index-B1gHash_0.css?v=1', 'text/css; charset=utf-8', 'private, max-age=31536000, immutable'],
    ['/assets/font-B1gHash_0.woff2', 'font/woff2', 'private, max-age=31536000, immutable'],
  ])('%s has its type, caching and the security headers', async (path, type, caching) => {
    const { host } = await startHost();
    const { status, headers } = await ask(host, path, { headers: { cookie: await signIn(host) } });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': type,
      'cache-control': caching,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    });
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%252e%252e%252fsecret.txt',
    '/assets/%00',
    '/index.html%00.txt',
    '/index.html%00',
    '//etc/passwd',
    '/etc/passwd',
    '/file:///etc/passwd',
    '/assets/',
    '/assets',
    '/./index.html',
    '/constructor',
    '/__proto__',
    '/%E0%A4%A',
    '/.../secret.txt',
    '/assets/..;/index.html',
  ])('%s leads nowhere', async (path) => {
    const { host } = await startHost();
    const answer = await ask(host, path, { headers: { cookie: await signIn(host) } });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toMatch(/secret|root:/);
  });

  it('links that lead out of the folder are not followed, put there before or after the start', async () => {
    const { root, dir, host: first } = await startHost();
    await rm(join(dir, 'assets/index-B1gHash_0.css'));
    await symlink(join(root, 'secret.txt'), join(dir, 'assets/index-B1gHash_0.css'));
    await symlink(join(root, 'secret.txt'), join(dir, 'link.txt'));
    await symlink(root, join(dir, 'up'));
    const second = await startWebHost({ app: echoApp(), rendererDir: dir, port: 0 });
    try {
      for (const host of [first, second]) {
        const cookie = await signIn(host);
        for (const path of ['/assets/index-B1gHash_0.css', '/link.txt', '/up/secret.txt']) {
          expect((await ask(host, path, { headers: { cookie } })).status).toBe(404);
        }
      }
    } finally {
      await second.close();
    }
  });

  it('a folder that becomes a link is not followed either', async () => {
    const { root, dir, host } = await startHost();
    const cookie = await signIn(host);
    await rename(join(dir, 'assets'), join(root, 'elsewhere'));
    await symlink(join(root, 'elsewhere'), join(dir, 'assets'));
    expect((await ask(host, '/assets/index-B1gHash_0.js', { headers: { cookie } })).status).toBe(404);
  });

  it('only kinds that a page needs are served', async () => {
    const { dir } = await startHost();
    await writeFile(join(dir, 'index.js.map'), '{}');
    await writeFile(join(dir, '.env'), 'KEY=1');
    const host = await startWebHost({ app: echoApp(), rendererDir: dir, port: 0 });
    try {
      const cookie = await signIn(host);
      for (const path of ['/index.js.map', '/.env']) {
        expect((await ask(host, path, { headers: { cookie } })).status).toBe(404);
      }
    } finally {
      await host.close();
    }
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'])('%s changes nothing', async (method) => {
    const { host } = await startHost();
    const cookie = await signIn(host);
    expect((await ask(host, '/index.html', { method, headers: { cookie } })).status).toBe(405);
  });
});

describe('the connection', () => {
  it('is never upgraded or tunnelled', async () => {
    const { host } = await startHost();
    const cookie = await signIn(host);
    const own = `Host: 127.0.0.1:${host.port}\r\nCookie: ${cookie}\r\n`;
    expect(
      await askRaw(host.port, `GET / HTTP/1.1\r\n${own}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`),
    ).toBe('');
    expect(await askRaw(host.port, `CONNECT evil.example:443 HTTP/1.1\r\n${own}\r\n`)).toBe('');
  });

  it('with malformed or oversized headers is refused', async () => {
    const { host } = await startHost();
    expect(await askRaw(host.port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    const big = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`;
    expect(await askRaw(host.port, big)).toMatch(/^HTTP\/1\.1 431 /);
    const smuggled = `POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`;
    expect(await askRaw(host.port, smuggled)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('is one of a bounded number', async () => {
    const { host } = await startHost({ connections: 4 });
    const sockets = Array.from({ length: 8 }, () => connect(host.port, '127.0.0.1'));
    const ended = sockets.map(
      (socket) =>
        new Promise<void>((done) => {
          socket.on('error', () => {});
          socket.on('close', () => done());
        }),
    );
    let dropped = 0;
    for (const end of ended) void end.then(() => (dropped += 1));
    await Promise.race([Promise.all(ended), new Promise((done) => setTimeout(done, 300))]);
    expect(dropped).toBe(4);
    for (const socket of sockets) socket.destroy();
  });

  it('to a port in use is explained', async () => {
    const { host, dir } = await startHost();
    await expect(startWebHost({ app: echoApp(), rendererDir: dir, port: host.port })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`Port ${host.port} cannot be used`),
    });
  });
});
