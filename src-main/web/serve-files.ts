import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { toErrorShape } from '../contract/app-error.ts';
import { fileId } from '../contract/file-handle.ts';
import { commonHeaders } from '../host/content-security-policy.ts';
import type { App } from '../services/app.ts';
import { answerError, answerJson } from './answer.ts';

const close = { Connection: 'close' };
const longestName = 500;

/** The address of uploads, and with an id behind it that of downloads. */
export const filesPath = '/api/files';

/** Answers `POST /api/files?name=…`: keeps the body as a file in the workspace and gives its handle. */
export async function receiveFile(
  request: IncomingMessage,
  response: ServerResponse,
  query: string,
  files: App['files'],
): Promise<void> {
  if (request.method !== 'POST') {
    answerError(response, 405, 'bad-input', 'Files are sent with POST.', { Allow: 'POST', ...close });
    return;
  }
  // A type that no form of another site can send.
  if (
    request.headers['content-type'] !== 'application/octet-stream' ||
    request.headers['content-encoding'] !== undefined
  ) {
    answerError(response, 415, 'bad-input', 'Expected a plain body of type application/octet-stream.', close);
    return;
  }
  const name = new URLSearchParams(query).get('name') ?? '';
  if (name === '' || name.length > longestName) {
    const message = `Found a file name of ${name.length} characters; expected 1 to ${longestName}.`;
    answerError(response, 400, 'bad-input', message, close);
    return;
  }
  try {
    answerJson(response, 200, { ok: true, value: await files.receive(name, request) });
  } catch (error) {
    const shape = toErrorShape(error);
    answerJson(response, 200, { ok: false, error: shape }, close);
  }
}

/** Answers `GET /api/files/ID`: a file that the application made, to be saved by the browser. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  files: App['files'],
): Promise<void> {
  if (request.method !== 'GET') {
    answerError(response, 405, 'bad-input', 'Files are fetched with GET.', { Allow: 'GET', ...close });
    return;
  }
  const id = fileId.safeParse(path.slice(filesPath.length + 1));
  const file = id.success ? files.peek(id.data) : null;
  const about = file?.purpose === 'made' ? await stat(file.path).catch(() => null) : null;
  if (file === null || about === null) {
    answerError(response, 404, 'not-found', 'This file is no longer here. Export it again.', close);
    return;
  }
  response.writeHead(200, {
    ...commonHeaders,
    'Cache-Control': 'no-store',
    'Content-Type': 'application/octet-stream',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Content-Disposition': `attachment; filename="${asciiName(file.name)}"; filename*=UTF-8''${encoded(file.name)}`,
    'Content-Length': String(about.size),
  });
  // A browser that goes away is no fault of ours.
  await pipeline(createReadStream(file.path), response).catch(() => response.destroy());
}

function asciiName(name: string): string {
  return name.replace(/[^\w.() -]/g, '_');
}

// RFC 5987: what encodeURIComponent leaves and a header value may not hold.
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
}
