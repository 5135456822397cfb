import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { answer } from './answer.ts';

const style = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
body { max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; }
h1 { font-size: 1.4rem; margin: 0 0 .75rem; }
code { font-size: .95em; }
`;

const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Priorphrase</title>
<style>${style}</style></head>
<body><main>
<h1>This window is not signed in to Priorphrase</h1>
<p>Open the address printed in the terminal where Priorphrase was started. It ends in <code>/?token=…</code> and is new
each time Priorphrase starts, so an older one no longer works.</p>
</main></body>
</html>
`;

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The page for a browser without a session: what to do, and nothing of the application. */
export function answerLocked(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  answer(
    response,
    status,
    { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy, ...headers },
    html,
  );
}
