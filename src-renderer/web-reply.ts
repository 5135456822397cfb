import { AppError, fromErrorShape } from '../src-main/contract/app-error.ts';
import type { Reply } from '../src-main/contract/transport.ts';

/** The value of a reply of the web host, from the parsed body and the HTTP status; throws an AppError for anything else. */
export function valueOfReply(
  body: unknown,
  status: number,
  tooLarge = 'The request is too large to send. Shorten the anchor, then try again.',
): unknown {
  if (typeof body !== 'object' || body === null || !('ok' in body)) throw refused(status, tooLarge);
  const reply = body as Reply<unknown>;
  if (reply.ok) return reply.value;
  throw fromErrorShape(reply.error);
}

function refused(status: number, tooLarge: string): AppError {
  if (status === 401 || status === 403) {
    return new AppError(
      'forbidden',
      'This page no longer belongs to the running Priorphrase. Open the address that it printed in its terminal.',
    );
  }
  if (status === 429)
    return new AppError('too-many-requests', 'Too many requests at once. Wait a moment, then try again.');
  if (status === 413) return new AppError('too-large', tooLarge);
  return new AppError(
    'internal',
    `Priorphrase answered with status ${status} instead of a result. Please try again.`,
  );
}
