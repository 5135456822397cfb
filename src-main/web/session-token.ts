import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The two secrets of one start: the token of the printed address, and what the browser's cookie holds instead. */
export interface Secrets {
  readonly token: string;
  readonly session: string;
}

/** Two new secrets of 256 bits. */
export function newSecrets(): Secrets {
  return { token: randomBytes(32).toString('base64url'), session: randomBytes(32).toString('base64url') };
}

/** Compares in a time that tells nothing of the secret, its length included. */
export function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** The cookie's name. Cookies know no ports, so the port is in the name: two hosts on one machine do not collide. */
export function cookieName(port: number): string {
  return `priorphrase_${port}`;
}

/** The cookie that the token is exchanged for: gone with the browser, unreadable to scripts, never sent across sites. */
export function sessionCookie(port: number, secrets: Secrets): string {
  return `${cookieName(port)}=${secrets.session}; Path=/; HttpOnly; SameSite=Strict`;
}

/** Whether a Cookie header carries the session. */
export function hasSession(header: string | undefined, port: number, secrets: Secrets): boolean {
  const prefix = `${cookieName(port)}=`;
  return (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .some((part) => part.startsWith(prefix) && sameSecret(part.slice(prefix.length), secrets.session));
}
