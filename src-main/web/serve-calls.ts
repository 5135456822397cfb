import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatch } from '../contract/transport.ts';
import { answerError, answerJson, retryAfter } from './answer.ts';
import type { RateLimit } from './rate-limit.ts';
import { maxBody, readBody } from './read-body.ts';

const json = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;
// What is left of a refused body is not read: the connection ends with the answer.
const close = { Connection: 'close' };

/** Answers `POST /api/call`: JSON with a name and an input in, the reply of the dispatcher out. */
export async function serveCall(
  request: IncomingMessage,
  response: ServerResponse,
  dispatch: Dispatch,
  limit: RateLimit,
): Promise<void> {
  if (request.method !== 'POST') {
    answerError(response, 405, 'bad-input', 'Calls are made with POST.', { Allow: 'POST', ...close });
    return;
  }
  const wait = limit.take();
  if (wait > 0) {
    const message = 'Too many calls at once; try again in a moment.';
    answerError(response, 429, 'too-many-requests', message, { ...retryAfter(wait), ...close });
    return;
  }
  if (
    !json.test(request.headers['content-type'] ?? '') ||
    request.headers['content-encoding'] !== undefined
  ) {
    answerError(response, 415, 'bad-input', 'Expected a plain body of type application/json.', close);
    return;
  }
  let body: string | null;
  let parsed: unknown;
  try {
    body = await readBody(request);
    parsed = body === null ? null : JSON.parse(body);
  } catch {
    answerError(response, 400, 'bad-input', 'The body is not JSON; expected {"name": …, "input": …}.', close);
    return;
  }
  if (body === null) {
    answerError(response, 413, 'too-large', `The body is larger than ${maxBody} bytes.`, close);
    return;
  }
  if (
    typeof parsed !== 'object' ||
    parsed === null ||
    Array.isArray(parsed) ||
    !Object.hasOwn(parsed, 'name')
  ) {
    answerError(response, 400, 'bad-input', 'Expected an object with a name and an input.');
    return;
  }
  const { name, input } = parsed as { name: unknown; input?: unknown };
  answerJson(response, 200, await dispatch(name, input));
}
