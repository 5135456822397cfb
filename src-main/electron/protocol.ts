import { protocol, type Session } from 'electron';
import { commonHeaders, pagePolicy } from '../host/content-security-policy.ts';
import { openRendererFiles } from '../host/renderer-files.ts';
import { pageScheme } from './page-address.ts';

/** Makes the page's scheme a real origin; before the application is ready. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges }]);
}

function refused(status: number): Response {
  const headers = {
    ...commonHeaders,
    'Content-Security-Policy': "default-src 'none'",
    'Content-Type': 'text/plain',
  };
  return new Response('There is nothing at this address.', { status, headers });
}

/** Serves the built renderer, and nothing else, at `priorphrase://app/`. */
export async function servePage(session: Session, rendererDir: string): Promise<void> {
  const files = await openRendererFiles(rendererDir);
  session.protocol.handle(pageScheme, async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'app') return refused(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405);
    const file = await files.read(url.pathname);
    if (file === null) return refused(404);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(file.body), {
      headers: {
        ...commonHeaders,
        'Content-Type': file.contentType,
        'Content-Security-Policy': pagePolicy,
        'Cache-Control': 'no-cache',
      },
    });
  });
}
