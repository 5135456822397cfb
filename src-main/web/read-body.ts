import type { IncomingMessage } from 'node:http';

/** The largest body of a call, in bytes. */
export const maxBody = 1_000_000;

// A client that sends a little too much is read to the end, or it would never see why it is refused.
const patience = 8 * maxBody;

/** The whole body as text, or null where it is too large; rejects when the client goes away or it is no UTF-8. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > patience) return null;
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > patience) return null;
    if (size > maxBody) chunks = [];
    else chunks.push(chunk);
  }
  return size > maxBody ? null : new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}
