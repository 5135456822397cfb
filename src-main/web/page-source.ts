import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Another source of the page's files than the built renderer; it also answers requests to upgrade the connection. */
export interface PageSource {
  serve(request: IncomingMessage, response: ServerResponse): void;
  listen(server: Server, allowed: (request: IncomingMessage) => boolean): void;
}
