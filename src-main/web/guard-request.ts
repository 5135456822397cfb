import type { IncomingMessage } from 'node:http';

/** Why a request is refused before anyone looks at what it asks for. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** The names that this machine is reached by; any other is a foreign name that was made to point here. */
export function allowedHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

function single(request: IncomingMessage, name: string): string | null {
  const values = request.headersDistinct[name];
  return values?.length === 1 ? (values[0] ?? null) : null;
}

/** Refuses what does not come from this machine's own page: DNS rebinding, other sites, other local servers. */
export function guardRequest(request: IncomingMessage, port: number): Refusal | null {
  const host = single(request, 'host')?.toLowerCase() ?? null;
  if (host === null || !allowedHosts(port).includes(host)) {
    return { status: 421, reason: `This host answers only to 127.0.0.1:${port} and localhost:${port}.` };
  }
  if (request.url === undefined || !request.url.startsWith('/')) {
    return { status: 400, reason: 'Expected a path that starts with a slash.' };
  }
  if (request.headers.origin !== undefined && single(request, 'origin') !== `http://${host}`) {
    return { status: 403, reason: 'This request comes from another site.' };
  }
  // `same-site` is refused too: another server on this machine is the same site, whatever its port.
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, reason: 'This request comes from another site.' };
  }
  return null;
}
