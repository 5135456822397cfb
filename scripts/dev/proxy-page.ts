import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { commonHeaders, developmentPolicy } from '../../src-main/host/content-security-policy.ts';
import type { PageSource } from '../../src-main/web/page-source.ts';

// The session is between the browser and the host; the dev server has no use for it.
function forwarded(request: IncomingMessage, page: URL): Record<string, string | string[] | undefined> {
  const { cookie: _cookie, origin: _origin, ...headers } = request.headers;
  return { ...headers, host: page.host };
}

/** The page from a dev server of this machine, its socket for hot reload included. */
export function proxyPage(page: URL): PageSource {
  return {
    serve(request: IncomingMessage, response: ServerResponse) {
      const { method, url } = request;
      const options = {
        host: page.hostname,
        port: page.port,
        method,
        path: url,
        headers: forwarded(request, page),
      };
      const upstream = ask(options, (answer) => {
        const security = { ...commonHeaders, 'content-security-policy': developmentPolicy };
        const { 'access-control-allow-origin': _cors, ...headers } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, { ...headers, ...security });
        answer.pipe(response);
      });
      upstream.on('error', () => {
        if (!response.headersSent) response.writeHead(502);
        response.end('The dev server does not answer.');
      });
      request.pipe(upstream);
    },
    listen(server, allowed) {
      server.on('upgrade', (request, socket, head) => {
        if (!allowed(request)) {
          socket.destroy();
          return;
        }
        const upstream = connect(Number(page.port), page.hostname, () => {
          const headers = Object.entries(forwarded(request, page)).flatMap(([name, value]) =>
            value === undefined ? [] : [`${name}: ${Array.isArray(value) ? value.join(', ') : value}`],
          );
          upstream.write(`GET ${request.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
          upstream.write(head);
          upstream.pipe(socket);
          socket.pipe(upstream);
        });
        upstream.on('error', () => socket.destroy());
        upstream.on('close', () => socket.destroy());
        socket.on('error', () => upstream.destroy());
        socket.on('close', () => upstream.destroy());
      });
    },
  };
}
