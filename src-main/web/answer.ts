import type { ServerResponse } from 'node:http';
import type { AppErrorCode } from '../contract/app-error.ts';
import { commonHeaders } from '../host/content-security-policy.ts';

/** Sends a whole answer with the headers that every answer carries. */
export function answer(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    ...commonHeaders,
    ...headers,
    'Content-Length': String(bytes.length),
  });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

/** Sends JSON. */
export function answerJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const type = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'",
  };
  answer(response, status, { ...type, ...headers }, JSON.stringify(value));
}

/** Sends an error in the shape of a failed call. */
export function answerError(
  response: ServerResponse,
  status: number,
  code: AppErrorCode,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  answerJson(response, status, { ok: false, error: { code, message } }, headers);
}

/** The Retry-After header for a wait in seconds. */
export function retryAfter(seconds: number): Readonly<Record<string, string>> {
  return { 'Retry-After': String(Math.max(1, Math.ceil(seconds))) };
}
