import { AppError } from '../contract/app-error.ts';

/** The address of a Redis server, checked: `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. */
export function queueAddress(text: string): URL {
  const url = URL.parse(text);
  const right = url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== '';
  const database = url?.pathname ?? '';
  if (right && /^(\/\d{0,4})?$/.test(database) && url.search === '' && url.hash === '') return url;
  throw new AppError(
    'bad-input',
    `Found ${shown(text)} as the address of the queue; expected redis://host:6379 or, encrypted, rediss://host:6379, ` +
      'with user:password@ before the host where the server asks for them.',
  );
}

/** An address as it may be printed: without its password. */
export function shownAddress(url: URL): string {
  const copy = new URL(url);
  if (copy.password !== '') copy.password = '***';
  return copy.href;
}

/** An address without its password, and the password. */
export function splitAddress(url: URL): { readonly address: string; readonly password: string } {
  const copy = new URL(url);
  copy.password = '';
  return { address: copy.href, password: decodeURIComponent(url.password) };
}

/** The same with a password put in. */
export function joinAddress(address: string, password: string): string {
  const url = queueAddress(address);
  if (password !== '') url.password = encodeURIComponent(password);
  return url.href;
}

// What was mistyped may hold a password all the same.
function shown(text: string): string {
  return `"${text.slice(0, 200).replace(/:[^:@/]+@/, ':***@')}"`;
}
