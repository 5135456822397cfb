import type { IncomingMessage, ServerResponse } from 'node:http';
import { pagePolicy } from '../host/content-security-policy.ts';
import type { RendererFiles } from '../host/renderer-files.ts';
import { answer, answerError } from './answer.ts';

/** Answers with a file of the built renderer. */
export async function serveRenderer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  files: RendererFiles,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    answerError(response, 405, 'bad-input', 'Files are read with GET.', {
      Allow: 'GET, HEAD',
      Connection: 'close',
    });
    return;
  }
  const file = await files.read(path);
  if (file === null) {
    answerError(response, 404, 'not-found', 'There is nothing at this address.');
    return;
  }
  answer(
    response,
    200,
    {
      'Content-Type': file.contentType,
      'Content-Security-Policy': pagePolicy,
      'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
    },
    file.body,
  );
}
